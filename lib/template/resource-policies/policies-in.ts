/**
 * Reads the policies of the resources of the templates, whomever they name. `resource-policies.ts` asks what they are to one role.
 *
 * Invariant: a statement that was not understood completely, or that may not be deployed, is in `doubts` of its resource, or is not
 * `isCertain`. The conditions of templates are left open, so that resource policies make no cases for all associations.
 */
import {
  isJsonObject, itemsOf, Json, mayBeEqual, Pattern, POLICY_VERSIONS, resourcePattern, SymbolicString, textKey, Unresolved,
} from '../../engine';
import { arnFieldsOf } from '../arn-fields';
import { isDeployed } from '../associations';
import { DeclaredResourcePolicy } from '../declared-resource-policies';
import { documentOf } from '../document-of';
import { Evaluator } from '../evaluator';
import { objectOrText } from '../parse-document';
import { referencedResource } from '../references';
import { RESOURCE_POLICY_TYPES } from '../relevant-types';
import { pathOf, ResourceRef, StackTemplate } from '../template-set';
import { Value } from '../value';
import { withBucketDenials } from './access-points';
import { DEFAULT_POLICY_TYPES, withDefaultPolicy } from './default-policies';
import { arnOf, arnOfNamed, isProtected, policiesAt, PROTECTED_TYPES, WrittenPolicy } from './places';
import { ProtectedResource } from './protected-resource';
import { ownTexts, readStatement } from './read-statement';
import { groupBy } from '../../util/group-by';

type Text = string | SymbolicString;

/** The resources with a policy, and those for which it matters that they have none. Those of equal ARNs are one. */
export function protectedResourcesIn(
  { leavingOpen: evaluator }: Evaluator, declared: readonly DeclaredResourcePolicy[],
): readonly ProtectedResource[] {
  const { templates } = evaluator;
  // In one account, a resource without a policy takes what identity policies allow, unless its type has a default policy.
  const accounts = new Set(templates.stacks.flatMap(({ account }) => account ?? []));
  const policies = templates.resourcesOfType(...RESOURCE_POLICY_TYPES).map((ref) => policiesOf(ref, evaluator));
  const found: Found[] = [
    ...templates.resourcesOfType(...accounts.size > 1 ? PROTECTED_TYPES : DEFAULT_POLICY_TYPES).flatMap((ref) => ownOf(ref, evaluator) ?? []),
    ...policies.flatMap((one) => one.found),
    ...declared.map(foundIn),
  ];
  const unplaced = new Set(policies.flatMap((one) => one.unplaced));
  const resources = [...groupBy(found, ({ key }) => key).values()].map(joined).map((resource) => (
    unplaced.has(resource.type) ? { ...resource, doubts: [...resource.doubts, 'a policy of the app may apply to it'] } : resource));
  return withBucketDenials(resources.map(withDefaultPolicy), evaluator);
}

/** A resource, or a policy for it. */
interface Found extends ProtectedResource {
  readonly key: string;
}

/** Several policies for one resource: CloudFormation adds them up, or the last one wins. */
function joined(found: readonly Found[]): ProtectedResource {
  const [first] = found;
  const count = found.filter(({ hasPolicy }) => hasPolicy).length;
  const isReplaced = count > 1 && first.type !== 'AWS::Lambda::Function' && first.type !== 'AWS::Events::EventBus';
  return {
    ...first,
    hasPolicy: count > 0,
    statements: found.flatMap(({ statements }) => statements).map((one) => (isReplaced ? { ...one, isCertain: false } : one)),
    doubts: [
      ...found.flatMap(({ doubts }) => doubts),
      ...(isReplaced ? [`${first.path} has several policies, and the last one that is deployed replaces the others`] : []),
    ],
  };
}

function ownOf(ref: ResourceRef, evaluator: Evaluator): Found | undefined {
  const arn = isDeployed(ref, evaluator) === false ? undefined : evaluator.textOf(arnOf(ref.resource.Type, ref.logicalId), ref.stack);
  return arn === undefined || arn instanceof Unresolved || !arnFieldsOf(arn) ? undefined
    : {
      ...foundAt(arn, ref.resource.Type, pathOf(ref), ref.stack, evaluator),
      ref,
      hasAccessControlList: ref.resource.Properties?.AccessControl !== undefined,
    };
}

function foundAt(arn: Text, type: string, path: string, stack: StackTemplate, evaluator: Evaluator): Found {
  // A symbolic text may mean another resource in another stage.
  const assembly = typeof arn === 'string' ? undefined : stack.assembly;
  const key = typeof arn === 'string' ? arn : JSON.stringify([assembly, textKey(arn)]);
  const account = accountOf(arn, stack, evaluator);
  return { key, path, type, arn, assembly, account, own: ownPatterns(arn, type), hasPolicy: false, statements: [], doubts: [] };
}

function ownPatterns(arn: Text, type: string): readonly Pattern[] {
  return ownTexts({ arn, type }).map((text) => resourcePattern(text, false));
}

/** The account of a resource of a stack. The ARN of a bucket does not have it. */
function accountOf(arn: Text, stack: StackTemplate, evaluator: Evaluator): Value {
  const written = arnFieldsOf(arn)?.[4];
  return written === undefined || written === '' ? evaluator.textOf({ Ref: 'AWS::AccountId' }, stack) : written;
}

/** A resource that is declared, and that no template defines. */
function foundIn({ arn, type, account, document, origin, conflict }: DeclaredResourcePolicy): Found {
  const resource: Found = { key: arn, path: arn, type, arn, account, own: ownPatterns(arn, type), hasPolicy: false, statements: [], doubts: [] };
  const found = document === undefined ? resource : withPolicy(resource, document, true);
  return conflict === undefined ? found : {
    ...found,
    statements: found.statements.map((one) => ({ ...one, isCertain: false })),
    doubts: [...found.doubts, `${origin} and ${conflict} disagree about ${arn}`],
  };
}

/** The policies that a resource of the templates has, or is. */
interface Policies {
  readonly found: readonly Found[];
  /** The types of resources of which a policy is about one that is not known. */
  readonly unplaced: readonly string[];
}

function policiesOf(ref: ResourceRef, evaluator: Evaluator): Policies {
  const { stack, resource: { Type: type, Properties: properties = {} } } = ref;
  const deployed = isDeployed(ref, evaluator);
  if (deployed === false) { return { found: [], unplaced: [] }; }
  const isElsewhere = ({ region }: WrittenPolicy) => region !== undefined && !mayBeHere(evaluator.textOf(region, stack), stack, evaluator);
  const placed = policiesAt(type as typeof RESOURCE_POLICY_TYPES[number], properties).filter((policy) => !isElsewhere(policy))
    .map((policy) => ({ policy, resources: protectedBy(policy, ref, evaluator) }));
  return {
    found: placed.flatMap(({ policy, resources }) => (
      resources.map((found) => withPolicy(found, documentIn(policy, stack, evaluator), deployed === true)))),
    unplaced: placed.flatMap(({ policy: { of }, resources }) => (of && resources.length === 0 ? of.type : [])),
  };
}

function mayBeHere(region: Value, stack: StackTemplate, evaluator: Evaluator): boolean {
  const here = evaluator.textOf({ Ref: 'AWS::Region' }, stack);
  return region instanceof Unresolved || here instanceof Unresolved || mayBeEqual(region, here);
}

function documentIn({ document, isStatement }: WrittenPolicy, stack: StackTemplate, evaluator: Evaluator): Json {
  const read = objectOrText(documentOf(document, stack, evaluator));
  return isStatement ? { Version: '2012-10-17', Statement: read } : read;
}

/** The resources that a policy is about. */
function protectedBy({ of, part }: WrittenPolicy, ref: ResourceRef, evaluator: Evaluator): Found[] {
  if (part) {
    const arn = evaluator.textOf({ 'Fn::GetAtt': [ref.logicalId, part.attribute] }, ref.stack);
    return arn instanceof Unresolved || !arnFieldsOf(arn) ? [] : [foundAt(arn, part.type, `${nameOfType(part.type)} of ${pathOf(ref)}`, ref.stack, evaluator)];
  }
  if (!of) { return [ownOf(ref, evaluator) ?? []].flat(); }
  const items = evaluator.listAt(of.value, ref.stack) ?? [{ value: of.value, stack: ref.stack }];
  return items.flatMap(({ value, stack }) => {
    const referenced = referencedResource(value, stack, evaluator)?.ref;
    if (referenced && isProtected(referenced.resource.Type)) { return ownOf(referenced, evaluator) ?? []; }
    const named = evaluator.textOf(value, stack);
    if (named instanceof Unresolved) { return []; }
    const arn = arnFieldsOf(named) ? named : evaluator.textOf(arnOfNamed(of.type, value) ?? '', stack);
    return arn instanceof Unresolved || !arnFieldsOf(arn) ? [] : foundAt(arn, of.type, `${nameOfType(of.type)} ${named.toString()}`, stack, evaluator);
  });
}

/** `AWS::S3::Bucket` → `the bucket` */
function nameOfType(type: string): string {
  return `the ${type.split('::')[2].replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}`;
}

/** The resource with the statements of a document. */
export function withPolicy<R extends ProtectedResource>(resource: R, document: Json, isDeployedForSure: boolean): R {
  const doubts: string[] = [];
  const { Version: version = '2008-10-17', Statement: body } = isJsonObject(document) ? document : {};
  if (!isJsonObject(document) || body === undefined || !POLICY_VERSIONS.includes(version as string)) {
    doubts.push(`the policy of ${resource.path} could not be read`);
  }
  const statements = (body === undefined ? [] : itemsOf(body)).flatMap((written, index) => {
    const read = readStatement(written, index, version, resource);
    if (read === undefined) { doubts.push(`statement ${index} of the policy of ${resource.path} could not be read`); }
    return read ?? [];
  });
  return {
    ...resource,
    hasPolicy: true,
    statements: statements.map((one) => (isDeployedForSure ? one : { ...one, isCertain: false })),
    doubts: [...doubts, ...(isDeployedForSure ? [] : [`whether the policy of ${resource.path} is deployed depends on a condition`])],
  };
}
