/**
 * Compares request sets with the requests that AWS makes, by the service authorization reference. `decide/` drops sets that no AWS
 * request can match; a proof that relies on this is `narrows` as of the date of the reference.
 *
 * Rounds up: a service that the catalog does not have may make any request, and a subset that is not certain is `unclear`. Only an
 * empty result is a proof.
 * For speed, each action and each form of ARNs is parsed once.
 */
import { DecisionContext, RequestSet, Resources } from './request-set';
import { splitAction } from '../policy/action-name';
import { piecesOfForm, splitArn } from '../strings/arn';
import { Budget } from '../strings/budget';
import { isMetBy } from '../strings/find-string';
import { mayOverlap } from '../strings/overlaps';
import { actionPattern, arnFields, characterElement, Element, Pattern } from '../strings/pattern';
import { intersectPatterns, StringSet, stringsMatching } from '../strings/string-set';

/**
 * The requests that AWS makes, by the service authorization reference. A session policy still narrows if it exceeds the role
 * only in other requests.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export interface ActionCatalog {
  /** The date of the reference, such as `2026-11-01`. */
  readonly asOf: string;
  readonly services: ActionsByService;
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
   * rest of an ARN that may have colons, `${*}` for an asterisk. No forms: it is authorized on `*`.
   */
  readonly resources: readonly string[];
  /** Whether it is also authorized on `*`. @default - only if it has no resources */
  readonly alsoWithoutResource?: boolean;
}

/** A part of a request set that AWS could make a request of. */
export interface PossibleSubset {
  /** The name in the reference, such as `s3:GetObject`; `undefined` for a service that the reference does not have. */
  readonly action?: string;
  /** The part, with narrower action and resources; `undefined` if it is not certain, and can only not be ruled out. */
  readonly requests?: RequestSet;
}

/** The parts that AWS could make a request of. None: AWS makes no request of the set. `isWanted` selects actions, in lower case. */
export function* possibleSubsets(
  requests: RequestSet, catalog: ActionCatalog, context: DecisionContext, isWanted: (action: string) => boolean = () => true,
): Generator<PossibleSubset> {
  for (const service of servicesOf(requests.action, catalog)) {
    const actions = catalog.services.get(service);
    if (!actions) { // it may be newer than the reference
      if (isWanted(service)) { yield { requests }; }
      continue;
    }
    for (const { action, name, inLowerCase, elements } of entriesOf(service, actions)) {
      if (!isWanted(inLowerCase)) { continue; }
      context.budget.spend(1);
      if (!isMetBy(requests.action, elements, context.budget)) { continue; }
      for (const resource of possibleResources(requests.resource, action, context)) {
        yield { action: name, requests: resource === 'unclear' ? undefined : { ...requests, action: stringsMatching([elements]), resource } };
      }
    }
  }
}

interface CatalogEntry {
  readonly action: AwsAction;
  readonly name: string;
  readonly inLowerCase: string;
  readonly elements: readonly Element[];
}

const ENTRIES = new WeakMap<readonly AwsAction[], readonly CatalogEntry[]>();

/** A cache of its own, because AWS has more actions than `actionPattern` keeps. */
function entriesOf(service: string, actions: readonly AwsAction[]): readonly CatalogEntry[] {
  const known = ENTRIES.get(actions) ?? actions.map((action): CatalogEntry => {
    const name = `${service}:${action.name}`;
    return { action, name, inLowerCase: name.toLowerCase(), elements: actionPattern(name).elements };
  });
  ENTRIES.set(actions, known);
  return known;
}

function servicesOf(actions: StringSet, catalog: ActionCatalog): Iterable<string> {
  const prefixes = actions.filter((r) => !r.negated).flatMap((r) => r.patterns).map(literalPrefix);
  return prefixes.length > 0 && prefixes.every((p) => p.includes(':'))
    ? new Set(prefixes.map((p) => splitAction(p)[0]))
    : catalog.services.keys();
}

function literalPrefix(elements: readonly Element[]): string {
  const end = elements.findIndex((e) => e.type !== 'char');
  return (end < 0 ? elements : elements.slice(0, end)).map((e) => (e.type === 'char' ? e.char : '')).join('');
}

function* possibleResources(resources: Resources, action: AwsAction, context: DecisionContext): Generator<Resources | 'unclear'> {
  if (resources.type === 'star') {
    if (action.resources.length === 0 || action.alsoWithoutResource) { yield resources; }
    return;
  }
  for (const format of action.resources) {
    const form = formOf(format);
    if (resources.type === 'pattern') {
      if (mayOverlap(resources.pattern, form.whole, 'anything', context.budget)) { yield 'unclear'; }
      continue;
    }
    const fields: StringSet[] = [];
    for (const [i, field] of form.fields.entries()) {
      const common = intersectPatterns(resources.fields[i], [field], context.budget);
      if (!common) { break; }
      fields.push(common);
    }
    if (fields.length === form.fields.length) {
      yield { ...resources, fields };
    } else if (resources.from && crossingsOf(resources.from).some((p) => mayOverlap(p, form.whole, 'anything', context.budget))) {
      yield 'unclear';
    }
  }
}

/** Whether AWS may have ARNs that the pattern matches only if a `*` before the resource part runs across colons. */
export function mayCrossColonsIn(catalog: ActionCatalog, pattern: Pattern, budget: Budget): boolean {
  const crossings = crossingsOf(pattern);
  return formsOf(catalog).some(({ whole }) => crossings.some((crossing) => mayOverlap(crossing, whole, 'anything', budget)));
}

const ALL_FORMS = new WeakMap<ActionCatalog, readonly Form[]>();

function formsOf(catalog: ActionCatalog): readonly Form[] {
  const { services } = catalog;
  const known = ALL_FORMS.get(catalog)
    ?? [...new Set([...services.keys()].flatMap((service) => services.get(service)!.flatMap((action) => action.resources)))].map(formOf);
  ALL_FORMS.set(catalog, known);
  return known;
}

interface Form {
  readonly fields: ReadonlyArray<readonly Element[]>;
  readonly whole: Pattern;
}

const FORMS = new Map<string, Form>();

function formOf(format: string): Form {
  const known = FORMS.get(format) ?? parseForm(format);
  FORMS.set(format, known);
  return known;
}

/**
 * `${Name}` is any text. In the first five fields it has no colon, and neither has it in `whole`, which tells names from ARNs. `*` in
 * the resource part may have colons. A resource part that is a single placeholder is the name of a bucket, queue or topic, which has
 * no slash or colon. If a form has a region, or no region and an account, so have its ARNs: `arn:aws:s3:::accesspoint/x` is an
 * object, not an access point.
 */
function parseForm(format: string): Form {
  const fields = splitArn(format);
  const parts = fields.length < 6 ? [...fields, ''] : fields;
  const elements = (text: string, except: string | undefined, exceptInStar = except): Element[] => piecesOfForm(text).flatMap((piece): Element[] => (
    typeof piece === 'string'
      ? [...piece].map((char) => (char === '*' ? { type: 'many', except: exceptInStar } : characterElement(char)))
      : [piece.placeholder === '*' ? characterElement('*') : { type: 'many', except }]));
  const isName = /^\$\{[^}*]*\}$/.test(parts[5]);
  const present = (parts[2] ?? '${').includes('${') ? -1 : parts[3] === '${Region}' ? 3 : parts[3] === '' && parts[4] === '${Account}' ? 4 : -1;
  const field = (i: number, except: string | undefined, exceptInStar = except) => [
    ...(i === present ? [{ type: 'one', except } as const] : []), ...elements(parts[i], except, exceptInStar),
  ];
  const whole = parts.flatMap((_, i) => [...(i > 0 ? [characterElement(':')] : []), ...field(i, ':', i < 5 ? ':' : undefined)]);
  return {
    fields: parts.map((_, i) => field(i, i < 5 ? ':' : isName ? ':/' : undefined)),
    whole: { source: format, elements: whole },
  };
}

/** Patterns of what it also matches if a wildcard in one of the first five fields may run across colons. */
function crossingsOf(pattern: Pattern): Pattern[] {
  const fields = arnFields(pattern.elements);
  if (!fields) { return [pattern]; }
  const colon = characterElement(':');
  return fields.slice(0, -1).flatMap((field, index) => (field.some((e) => e.type === 'many' || e.type === 'one') ? [{
    source: pattern.source,
    elements: fields.flatMap((f, i): Element[] => [
      ...(i > 0 ? [colon] : []), ...(i === index ? [...f, { type: 'many' as const }, colon, { type: 'many' as const }] : f),
    ]),
  }] : []));
}
