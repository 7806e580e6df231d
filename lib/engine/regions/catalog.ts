/**
 * The catalog of the requests that AWS makes, which `reference/` builds: the actions of each service, the ARNs that each is
 * authorized on, and what that tells about condition keys. `possible-subsets.ts` compares request sets with it.
 *
 * For speed, the actions and the forms of ARNs of each service are read once.
 */
import { ArnForms, readArnForms } from './arn-forms';
import { Presence } from './key-facts';
import { lazy, memoize, memoizeBy } from '../../util/memo';
import { splitAction } from '../policy/action-name';
import { Targets } from '../policy/policy';
import { actionPattern, Element } from '../strings/pattern';
import { StringSet } from '../strings/string-set';

/**
 * The requests that AWS makes, by the service authorization reference. A session policy still narrows if it exceeds the role
 * only in other requests.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export interface RequestCatalog {
  /** The date of the reference, such as `2026-11-01`. */
  readonly asOf: string;
  readonly services: ActionsByService;
  /** What is known of the values of a key, in lower case. @default - nothing */
  readonly kindOfKey?: (key: string) => 'list' | 'boolean' | undefined;
}

/** All actions, by service prefix in lower case. A `Map` implements it. */
export interface ActionsByService {
  /** All prefixes. */
  keys(): Iterable<string>;
  get(service: string): readonly AwsAction[] | undefined;
}

export interface AwsAction {
  /** Without the service prefix, such as `GetObject`. */
  readonly name: string;
  /**
   * The forms of the ARNs that it is authorized on, such as `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`; `*` for the
   * rest of an ARN that may have colons, `${*}` for an asterisk, `${Name^/}` for a name without slashes. No forms: it is authorized on `*`.
   */
  readonly resources: readonly string[];
  /** Forms of ARNs that it may be authorized on although nothing documents it. They are never ruled out, and never shown. @default none */
  readonly doubtfulResources?: readonly string[];
  /** Whether it is also authorized on `*`. @default - only if it has no resources */
  readonly alsoWithoutResource?: boolean;
  /** Whether `*` is what AWS compares with the resources of a policy. No ARN pattern matches it then. @default - not known */
  readonly isAskedOnStar?: boolean;
  /**
   * Whether its requests have the condition key, in lower case, on a resource of the form; `undefined` if the catalog does not
   * know. @default - nothing is known
   */
  readonly presenceOf?: (key: string, form: string | undefined) => Presence | undefined;
  /** The name that a key of the service, such as `ec2:resourcetag/team`, shares with other services. Keys are in lower case. @default - each key has one name */
  readonly sharedKey?: (key: string, form: string | undefined) => string;
  /** Whether nobody needs a permission for it. No policy denies it. @default false */
  readonly needsNoPermission?: boolean;
  /** Keys, in lower case, that do not follow from the ARN of the resource, such as the region of a copy. @default none */
  readonly untiedKeys?: readonly string[];
  /** The only value of `aws:RequestedRegion` in the partition `aws`. @default - any region */
  readonly endpointRegion?: string;
}

/** An action of the catalog. Most are looked at by name only, so what a comparison needs is read lazily. */
export interface CatalogEntry {
  readonly service: string;
  readonly action: AwsAction;
  readonly name: string;
  readonly inLowerCase: string;
  readonly elements: () => readonly Element[];
  readonly forms: () => ArnForms;
  readonly doubtfulForms: () => ArnForms;
}

export function entriesOf(service: string, { services }: RequestCatalog): readonly CatalogEntry[] | undefined {
  const actions = services.get(service);
  return actions && readEntries(actions)(service);
}

/** AWS has more actions than `actionPattern` keeps, so their patterns are kept here. */
const readEntries = memoize((actions: readonly AwsAction[]) => memoize((service: string): readonly CatalogEntry[] => {
  const forms = lazy(() => readArnForms(actions.flatMap(({ resources }) => resources)));
  const selected = memoizeBy((formats: readonly string[]) => formats.join(), (formats): ArnForms => (
    new Map(formats.map((format) => [format, forms().get(format)!]))));
  const doubtful = memoizeBy((formats: readonly string[]) => formats.join(), readArnForms);
  return actions.map((action): CatalogEntry => {
    const name = `${service}:${action.name}`;
    return {
      service,
      action,
      name,
      inLowerCase: name.toLowerCase(),
      elements: lazy(() => actionPattern(name).elements),
      forms: lazy(() => selected(action.resources)),
      doubtfulForms: lazy(() => doubtful(action.doubtfulResources ?? [])),
    };
  });
}));

/** The entry of an action in lower case, such as `s3:getobject`. */
export function entryNamed(action: string, catalog: RequestCatalog): CatalogEntry | undefined {
  const entries = entriesOf(splitAction(action)[0], catalog);
  return entries && entriesByName(entries).get(action);
}

const entriesByName = memoize((entries: readonly CatalogEntry[]) => new Map(entries.map((entry) => [entry.inLowerCase, entry])));

/** The services that the actions may be of. */
export function servicesOf(actions: StringSet, catalog: RequestCatalog): Iterable<string> {
  const prefixes = actions.filter((r) => !r.negated).flatMap((r) => r.patterns).map(literalPrefix);
  return prefixes.length > 0 && prefixes.every((p) => p.includes(':'))
    ? new Set(prefixes.map((p) => splitAction(p)[0]))
    : catalog.services.keys();
}

/** What the pattern begins with, up to its first wildcard. */
export function literalPrefix(elements: readonly Element[]): string {
  const end = elements.findIndex((e) => e.type !== 'char');
  return (end < 0 ? elements : elements.slice(0, end)).map((e) => (e.type === 'char' ? e.char : '')).join('');
}

/** The only action of the pattern, if it is written out and the catalog has its service but not the action: it is misspelled, or newer. */
export function unknownActionIn({ negated, patterns }: Targets, catalog: RequestCatalog): string | undefined {
  const [{ source }] = patterns;
  if (negated || patterns.length !== 1 || typeof source !== 'string' || /[*?]/.test(source)) { return undefined; }
  const name = source.toLowerCase();
  return catalog.services.get(splitAction(name)[0]) && !entryNamed(name, catalog) ? source : undefined;
}
