/**
 * Proposes resources for a request of a request set: ARNs that look real first, then any text of the set. `candidates.ts` combines
 * them with actions and context keys.
 *
 * A candidate proves nothing: `find-witness.ts` checks and replays each. Which samples are tried changes how well a message reads,
 * and whether a witness is found, but no proof.
 */
import { memoize } from '../../util/memo';
import { splitAction } from '../policy/action-name';
import { Statement } from '../policy/policy';
import { ACCOUNT_ID, ArnForm } from '../regions/arn-forms';
import { CompletePrincipal, isRegionOf } from '../regions/key-facts';
import { DecisionContext, RequestSet } from '../regions/request-set';
import { ACCOUNTS, REGIONS } from '../regions/sample-values';
import { splitArn } from '../strings/arn';
import { Budget } from '../strings/budget';
import { fillWildcards, findString, isMetBy } from '../strings/find-string';
import { elementsMayOverlap } from '../strings/overlaps';
import { arnFields, characterElement, Element, literalElements, literalText, Pattern, sameElements } from '../strings/pattern';
import { StringSet, stringsMatching } from '../strings/string-set';
import { SymbolicString } from '../strings/symbolic-string';

type Elements = readonly Element[];
type Fields = readonly string[];

/** The fields of made-up ARNs, the most likely first. */
const SAMPLES = {
  arn: [literalElements('arn')],
  partition: ['aws', 'aws-cn', 'aws-us-gov'].map(literalElements),
  region: [...REGIONS, ''].map(literalElements),
  account: [...ACCOUNTS, '', 'aws'].map(literalElements), // some resources are AWS's own
  name: ['example', 'another-example', 'x', '1'].map(literalElements),
  none: [[]],
};

export interface CandidateResource {
  readonly resource: Pattern;
  readonly invented: boolean;
}

/**
 * ARNs of the request set, or `*`, for the action. `usual`: resources that the action is known to be used on. `near`: statements that
 * show kinds of resources. `form`: that of the ARNs, if it is known.
 */
export function* candidateResources(
  { resource }: RequestSet, action: string | SymbolicString, usual: readonly string[], near: readonly Statement[],
  { budget, principal }: DecisionContext, form?: ArnForm,
): Generator<CandidateResource> {
  const [service] = splitAction(action.toString().toLowerCase());
  if (resource.type === 'star') {
    if (usual.length > 0 && !usual.includes('*')) { return; }
    yield { resource: { source: '*', elements: [{ type: 'many' }] }, invented: false };
  } else if (resource.type === 'pattern') {
    for (const elements of fillWithSamples(resource.pattern.elements)) {
      yield { resource: { source: literalText(elements), elements }, invented: true };
    }
  } else {
    const shape = resource.from && arnFields(resource.from.elements);
    const examples = usual.map(splitArn).filter((fields) => fields.length === 6);
    const sets = resource.fields.map(withoutVariables);
    const starts = new Map(accountsFor(principal).flatMap((accounts) => {
      const header = headerOf(sets, shape, samplesFor(service, form, accounts), examples, budget);
      const start = header?.flatMap((field) => [...field, characterElement(':')]);
      return start ? [[literalText(start).toString(), start] as const] : [];
    }));
    if (starts.size === 0) { return; }
    for (const { part, invented } of resourceParts(sets[5], shape?.[5], examples, near, service, budget, form)) {
      for (const start of starts.values()) { // in the account of the role, and in a different account
        const elements = [...start, ...part];
        yield { resource: { source: literalText(elements), elements }, invented };
      }
    }
  }
}

/** The set without the forbidden patterns that have policy variables: the context of the candidate decides whether they match. */
function withoutVariables(set: StringSet): StringSet {
  const hasVariable = (pattern: Elements) => pattern.some((e) => e.type === 'variable' && e.variable.conditionKey !== undefined);
  return set.flatMap((r) => {
    const patterns = r.negated ? r.patterns.filter((pattern) => !hasVariable(pattern)) : r.patterns;
    return patterns.length === 0 ? [] : [{ ...r, patterns }];
  });
}

/** Accounts of resources: that of the role, and others. What is not known of the role comes last. */
function accountsFor(principal: CompletePrincipal | undefined): ReadonlyArray<readonly Elements[]> {
  if (!principal) { return [SAMPLES.account]; }
  const own = literalElements(principal.account);
  if (principal.unknownKeys.includes('aws:principalaccount')) { return [SAMPLES.account, [own]]; }
  const others = SAMPLES.account.filter((account) => !sameElements(account, own));
  return [[own, ...others], others];
}

/** Samples for the first five fields. */
function samplesFor(service: string, form: ArnForm | undefined, accounts: readonly Elements[]): ReadonlyArray<readonly Elements[]> {
  const global = GLOBAL_SERVICES.get(service);
  const hasRegion = form ? form.hasRegion : !global;
  const hasAccount = form ? form.hasAccount : global?.account !== false;
  return [
    SAMPLES.arn,
    SAMPLES.partition,
    [literalElements(form?.service ?? service)],
    hasRegion ? SAMPLES.region : SAMPLES.none,
    hasAccount ? accounts : SAMPLES.none,
  ];
}

const [PARTITION, ACCOUNT] = [1, 4];

/** Samples of regions of the partition, and no region. */
const regionsIn = memoize((partition: string): readonly Elements[] => (
  [...REGIONS.filter((region) => isRegionOf(region, partition)), ''].map(literalElements)));

/** The first five fields; `undefined` if no sample makes a well-formed ARN. */
function headerOf(
  sets: readonly StringSet[], shape: readonly Elements[] | undefined, samples: ReadonlyArray<readonly Elements[]>, examples: readonly Fields[],
  budget: Budget,
): Elements[] | undefined {
  const header: Elements[] = [];
  for (let i = 0; i < samples.length; i++) {
    const own = shape?.[i];
    const candidates = [
      ...(own && !own.some(isWildcard) ? [own] : []),
      ...(i === ACCOUNT && samples[i] !== SAMPLES.account ? [] : examples.map((fields) => literalElements(fields[i]))), // the role has an account
      ...(samples[i] === SAMPLES.region ? regionsIn(literalText(header[PARTITION]).toString()) : samples[i]),
    ];
    const field = candidates.find((c) => isMetBy(sets[i], c, budget))
      ?? (samples[i] === SAMPLES.none ? undefined : fieldFrom(sets[i], i, budget)); // such as IAM, which has no regions
    if (!field) { return undefined; }
    header.push(field);
  }
  return header;
}

/** A field that only the set itself describes: an account with some given digits, or a partition that is not in a list. */
function fieldFrom(set: StringSet, index: number, budget: Budget): Elements | undefined {
  const word = findString(index === ACCOUNT ? [...set, ...stringsMatching([ACCOUNT_ID])] : set, budget);
  return word === undefined ? undefined : literalElements(word);
}

/** Resource parts of the set, those of a known kind first. If none fits, any text of the set. */
function* resourceParts(
  set: StringSet, shape: Elements | undefined, examples: readonly Fields[], near: readonly Statement[], service: string, budget: Budget,
  form?: ArnForm,
): Generator<{ readonly part: Elements; readonly invented: boolean }> {
  const isS3 = service === 's3'; // which has no kinds
  // A resource part that begins with a wildcard does not show its kind of resource.
  const formless = !shape || isWildcard(shape[0]);
  let found = false;
  for (const [patterns, invented] of [
    [() => examples.map((fields) => literalElements(fields[5])), false],
    [() => (formless ? [] : fillWithSamples(shape)), false],
    [() => (formless ? kindsIn(near).flatMap(fillWithSamples) : []), false],
    [() => (form ? fillWithSamples(form.fields[5]) : []), false],
    [() => (formless ? fillWithSamples(shape ?? [{ type: 'many' }]) : []), !form && !isS3],
  ] as ReadonlyArray<[() => Elements[], boolean]>) {
    for (const part of patterns()) {
      if ((part.length === 0 && form?.fields[5].length !== 0) || !isMetBy(set, part, budget)) { continue; }
      found = true;
      yield { part, invented };
    }
  }
  if (found) { return; }
  const patterns = set.flatMap((r) => (r.negated ? [] : r.patterns));
  const own = patterns.flatMap(fillWithSamples).find((p) => p.length > 0 && isMetBy(set, p, budget))
    ?? (formless ? undefined : patterns.flatMap((pattern) => replaceEnd(pattern, shape)).find((p) => isMetBy(set, p, budget)));
  const word = own ? literalText(own) : findString([...set, ...stringsMatching([form?.strictFields[5] ?? [{ type: 'one' }, { type: 'many' }]])], budget);
  if (word === undefined) { return; }
  const part = literalElements(word);
  // A part with symbolic variables may match only one of the patterns.
  if (set.every((r) => r.negated || r.patterns.some((p) => elementsMayOverlap(p, part, 'anything', budget)))) {
    yield { part, invented: formless && !form && !isS3 };
  }
}

/** The pattern with samples for its wildcards. */
function fillWithSamples(pattern: Elements): Elements[] {
  const names = pattern.some((e) => e.type === 'many') ? SAMPLES.name : SAMPLES.name.slice(0, 1);
  return names.map((name) => fillWildcards(name, pattern));
}

/** Replaces the `*` at the end of a pattern by each end of the form: `group:*` becomes `group:log-stream:example`. The longest comes first. */
function replaceEnd(form: Elements, pattern: Elements): Elements[] {
  if (pattern[pattern.length - 1]?.type !== 'many') { return []; }
  const [[start], [end]] = [fillWithSamples(pattern.slice(0, -1)), fillWithSamples(form)];
  return end.map((_, i) => [...start, ...end.slice(i)]);
}

/** Maximum number of kinds of resources of the role that are tried. */
const KINDS_TRIED = 4;

/** The resource parts that statements name, and patterns of the same kind: `table/orders` also gives `table/*`. */
function kindsIn(statements: readonly Statement[]): Elements[] {
  const kinds: Elements[] = [];
  for (const pattern of statements.slice(0, KINDS_TRIED).flatMap((s) => s.resources.patterns.slice(0, KINDS_TRIED))) {
    const part = arnFields(pattern.elements)?.[5];
    if (!part || isWildcard(part[0])) { continue; }
    const separator = part.findIndex((e) => e.type === 'char' && (e.char === '/' || e.char === ':'));
    kinds.push(...(separator > 0 ? [[...part.slice(0, separator + 1), { type: 'many' as const }]] : []), part);
  }
  return kinds.slice(0, KINDS_TRIED);
}

/** Whether two resources seem to be of the same kind, as far as ARNs show it: buckets and objects, `table/…`, `role/…`. */
export function sameKind(usual: string, resource: Pattern): boolean {
  const fields = arnFields(resource.elements);
  if (usual === '*' || !fields) { return true; }
  const [, , service, , , usualPart = ''] = splitArn(usual);
  const ownPart = fields[5].map(asPlainChar).join('');
  if (ownPart.includes(OPEN_CHAR)) { return true; }
  const kind = (part: string) => (service === 's3' ? part.includes('/') : /^([a-z-]+)[/:]/.exec(part)?.[1]);
  return kind(ownPart) === kind(usualPart);
}

/** Stands for a symbolic variable that may hold a separator. */
const OPEN_CHAR = '\uFFFF';

function asPlainChar(element: Element): string {
  if (element.type === 'char') { return element.char; }
  const characters = element.type === 'variable' ? element.variable.kind.characters : undefined;
  return characters === undefined || /[/:]/.test(characters) ? OPEN_CHAR : 'x';
}

function isWildcard(element: Element | undefined): boolean {
  return element?.type === 'many' || element?.type === 'one';
}

/** Services whose ARNs have no region and, with `account: false`, no account. */
const GLOBAL_SERVICES: ReadonlyMap<string, { readonly account: boolean }> = new Map([
  ['s3', { account: false }], ['iam', { account: true }], ['cloudfront', { account: true }], ['route53', { account: false }],
  ['organizations', { account: true }],
]);
