/**
 * Compares request sets with the requests that AWS makes: which actions exist, which ARNs each is authorized on, and which values
 * the condition keys have then. `decide/` drops sets that no AWS request can match; a proof that relies on this is `narrows` as of
 * the date of the reference.
 *
 * Rounds up: a service that the catalog does not have may make any request, and a request that AWS may make although nothing
 * documents it can only not be ruled out. Only an empty result is a proof.
 */
import { ArnForm, crossingsOf } from './arn-forms';
import { CatalogEntry, entriesOf, RequestCatalog, servicesOf } from './catalog';
import { ANY_PLACE, keepPossible, Place, placeOf } from './place';
import { DecisionContext, RequestSet, Resources } from './request-set';
import { findString, isMetBy } from '../strings/find-string';
import { mayOverlap } from '../strings/overlaps';
import { literalElements, plainText } from '../strings/pattern';
import { ANY_STRING, intersectPatterns, StringSet, stringsMatching } from '../strings/string-set';

/** A part of a request set that AWS could make a request of. */
export interface PossibleSubset {
  /** The name in the reference, such as `s3:GetObject`; `undefined` for a service that the reference does not have. */
  readonly action?: string;
  /** The part, with narrower action, resources and conditions; `undefined` if it is doubtful, and can only not be ruled out. */
  readonly requests?: RequestSet;
  /** Whether it is doubtful because nothing documents that AWS asks about such a resource for the action. */
  readonly isUndocumented?: boolean;
  readonly place: Place;
}

/** The parts that AWS could make a request of. None: AWS makes no request of the set. `isWanted` selects actions, in lower case. */
export function* possibleSubsets(
  requests: RequestSet, catalog: RequestCatalog, context: DecisionContext, isWanted: (action: string) => boolean = () => true,
): Generator<PossibleSubset> {
  for (const service of servicesOf(requests.action, catalog)) {
    const entries = entriesOf(service, catalog);
    if (!entries) { // it may be newer than the reference
      if (isWanted(service)) { yield { requests, place: ANY_PLACE }; }
      continue;
    }
    for (const entry of entries) {
      if (entry.action.needsNoPermission || !isWanted(entry.inLowerCase)) { continue; }
      context.budget.spend(1);
      if (requests.action !== ANY_STRING && !isMetBy(requests.action, entry.elements(), context.budget)) { continue; }
      for (const { resource, format, form, isDoubtful, isUndocumented } of possibleResources(requests.resource, entry, context)) {
        const place = placeOf(entry, format, form, context);
        const possible = keepPossible({ ...requests, action: stringsMatching([entry.elements()]), resource }, place, context);
        if (possible) { yield { action: entry.name, requests: isDoubtful ? undefined : possible, isUndocumented, place }; }
      }
    }
  }
}

interface PossibleResources {
  readonly resource: Resources;
  readonly format?: string;
  readonly form?: ArnForm;
  readonly isDoubtful: boolean;
  readonly isUndocumented?: boolean;
}

function* possibleResources(
  resources: Resources, { action, forms, doubtfulForms }: CatalogEntry, context: DecisionContext,
): Generator<PossibleResources> {
  if (resources.type === 'star') {
    if (action.resources.length === 0 || action.alsoWithoutResource) { yield { resource: resources, isDoubtful: false }; }
    return;
  }
  const service = resources.type === 'arns' ? onlyText(resources.fields[SERVICE_FIELD]) : undefined;
  for (const [format, form] of forms()) {
    if (service !== undefined && form.service !== undefined && form.service !== service) { continue; }
    const possible = resourcesOfForm(resources, form, context);
    if (!possible) { continue; }
    // A form of ARNs of any service, such as recovery points, is not one of each service.
    yield form.service === undefined ? { resource: possible.resource, isDoubtful: true, isUndocumented: true } : { ...possible, format, form };
  }
  for (const form of doubtfulForms().values()) {
    const possible = resourcesOfForm(resources, form, context);
    if (possible) { yield { resource: possible.resource, isDoubtful: true, isUndocumented: true }; }
  }
}

const [PARTITION_FIELD, SERVICE_FIELD, REGION_FIELD] = [1, 2, 3];

function resourcesOfForm(resources: Exclude<Resources, { readonly type: 'star' }>, form: ArnForm, context: DecisionContext): PossibleResources | undefined {
  const doubtful = { resource: resources, isDoubtful: true };
  if (resources.type === 'pattern') {
    return mayOverlap(resources.pattern, form.strictWhole, 'anything', context.budget) ? doubtful : undefined;
  }
  const fields: StringSet[] = [];
  for (const [i, field] of form.fields.entries()) {
    const common = intersectPatterns(resources.fields[i], [field], context.budget);
    if (!common) { break; }
    fields.push(common);
  }
  if (fields.length === form.fields.length) {
    if (!fields.every((set, i) => hasStrictMember(set, form, i, context))) { return undefined; }
    const partition = fieldsInPartition(fields, form, context);
    return partition && { resource: { ...resources, fields: partition }, isDoubtful: false };
  }
  return resources.from && crossingsOf(resources.from).some((p) => mayOverlap(p, form.whole, 'anything', context.budget)) ? doubtful : undefined;
}

/** Whether a field may be one of an ARN whose names are not empty. */
function hasStrictMember(set: StringSet, { fields, strictFields }: ArnForm, i: number, { budget }: DecisionContext): boolean {
  return strictFields[i] === fields[i] || findString([...set, { negated: false, patterns: [strictFields[i]] }], budget) !== undefined;
}

/** A role meets no ARN of another partition: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function fieldsInPartition(
  fields: readonly StringSet[], { hasRegion }: ArnForm, { partition, budget, relyOn, factsOfPrincipal }: DecisionContext,
): readonly StringSet[] | undefined {
  if (!partition) { return fields; }
  const own = intersectPatterns(fields[PARTITION_FIELD], [literalElements(partition.name)], budget);
  if (partition.assumption && own !== fields[PARTITION_FIELD]) { relyOn(partition.assumption); }
  if (!own) { return undefined; }
  // A deploy-time partition only rules requests out. A witness has the partition that the policies write.
  if (typeof partition.name !== 'string') { return fields; }
  const region = [...fields[REGION_FIELD], ...(hasRegion ? factsOfPrincipal('aws:requestedregion')?.among ?? [] : [])];
  if (hasRegion && findString(region, budget) === undefined) { return undefined; }
  return fields.map((field, i) => (i === PARTITION_FIELD ? own : i === REGION_FIELD ? region : field));
}

/** The only member of the set, if it is written out in lower case. */
function onlyText(set: StringSet): string | undefined {
  const [only, ...others] = set;
  const [pattern, ...more] = only?.patterns ?? [];
  const text = others.length === 0 && only?.negated === false && more.length === 0 ? plainText(pattern) : undefined;
  return text !== undefined && /^[a-z0-9-]*$/.test(text) ? text : undefined;
}
