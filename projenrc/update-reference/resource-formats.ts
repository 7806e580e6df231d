/**
 * Generates the formats of `Ref` and of ARN attributes for the reviewed types (reviewed-types.ts), from the CloudFormation
 * specification.
 * Invariant: a reviewed type that the specification contradicts is an error.
 */
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { Resource } from '@aws-cdk/service-spec-types';
import { DataFile } from './data-file';
import { charactersOf, REVIEWED_TYPES, ReviewedType } from './reviewed-types';
import { sorted, sourceOfMain } from './sources';

const SOURCE = sourceOfMain('@aws-cdk/aws-service-spec');

/** The longest name that CloudFormation generates. */
const MAX_LENGTH = 255;

/** Returns the formats of the values of `Ref` and of ARN attributes, for the reviewed types. */
export function resourceFormatFile(): DataFile {
  const specification = loadAwsServiceSpecSync();
  return {
    name: 'resource-formats',
    sources: [SOURCE],
    rows: sorted(Object.keys(REVIEWED_TYPES)).map((type) => {
      const [resource] = specification.lookup('resource', 'cloudFormationType', 'equals', type);
      if (!resource) { throw new Error(`${type} is not in the specification`); }
      return [type, formatOf(resource, REVIEWED_TYPES[type])];
    }),
  };
}

function formatOf(resource: Resource, reviewed: ReviewedType): unknown {
  const { name, ids = [], arns = [], ref, maxLength = MAX_LENGTH, lowerCase, example } = reviewed;
  const problems = problemsOf(resource, reviewed);
  if (problems.length > 0) { throw new Error(`${resource.cloudFormationType}: ${problems.join('; ')}`); }
  const arn = arns.length > 0 || ref === 'arn' ? reviewed.format ?? plain(resource.arnTemplate!) : undefined;
  return {
    nameProperty: name,
    nameCharacters: charactersOf(reviewed),
    minLength: 1,
    maxLength,
    exampleName: example ?? `example-${resource.name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()}-#`,
    ref: ref && (ref === 'id' ? '$N' : arn),
    attributes: { ...Object.fromEntries(sorted(ids).map((id) => [id, '$N'])), ...Object.fromEntries(sorted(arns).map((attribute) => [attribute, arn])) },
    lowerCase,
  };
}

/** Returns the points on which the specification contradicts the review. */
function problemsOf(resource: Resource, { name, ids = [], arns = [], ref, format }: ReviewedType): string[] {
  const { attributes, properties, arnTemplate } = resource;
  const problems = [...ids, ...arns].filter((attribute) => !attributes[attribute]).map((attribute) => `it has no attribute ${attribute}`);
  if (name !== undefined && !properties[name]) { problems.push(`it has no property ${name}`); }
  const identifier = (resource.cfnRefIdentifier ?? resource.primaryIdentifier ?? []).join();
  const expected = ref === 'arn' ? arns : [...name === undefined ? [] : [name], ...ids];
  if (ref && expected.length > 0 && !expected.includes(identifier)) { problems.push(`Ref is ${identifier}`); }
  if (arns.length > 0 && format === undefined) {
    if (arnTemplate === undefined || plain(arnTemplate).split('$N').length !== 2) { problems.push(`the ARN is ${arnTemplate}`); }
  }
  const written = format ?? (arnTemplate && plain(arnTemplate));
  for (const attribute of arns.filter((a) => attributes[a])) {
    const examples = attributes[attribute].documentation?.match(/arn:aws:[^:\s]+:[^:\s]*:[^:\s]*:[^\s`"',)]+/g) ?? [];
    if (written && examples.length > 0 && !examples.some((example) => matches(written, example))) { problems.push(`an example of ${attribute} is ${examples.join()}`); }
  }
  return problems;
}

/** Converts `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` to `arn:$P:sqs:$R:$A:$N`. */
function plain(template: string): string {
  const variables: { readonly [name: string]: string } = { '${Partition}': '$P', '${Region}': '$R', '${Account}': '$A' };
  return template.replace(/\$\{[^}]*\}/g, (variable) => variables[variable] ?? '$N');
}

function matches(format: string, example: string): boolean {
  const pattern = format.split(/(\$[PRAHN])/).map((piece) => (
    piece === '$H' ? '/' : /^\$[PRA]$/.test(piece) ? '[^:]*' : piece === '$N' ? '.+' : piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${pattern.join('')}$`).test(example.replace(/[.;]+$/, ''));
}
