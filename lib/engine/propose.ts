import { FILLERS } from './automaton';
import { Budget } from './budget';
import { KeyState } from './key-states';
import { OpenRequest } from './open-request';
import { actionPattern, arnFields, characterElement, Element, hasWildcard, Pattern } from './pattern';
import { Statement } from './policy';
import { keyStates, Region, Scope } from './region';
import { matching, StringSet } from './string-set';
import { Box } from './targets';
import { partsOf, Text, TextPart } from './text';
import { findWord, isMetBy } from './words';

/** An action that exists, and a resource that it is used on. Names witnesses; no proof depends on it. */
export interface KnownAction {
  readonly action: string;
  readonly resource: string;
}

/** A request of a region, for the caller to check. */
export interface Proposal extends OpenRequest {
  /** The resource is made up from a wildcard that says nothing of its form: it may be none that the action is used on. */
  readonly resourceInvented: boolean;
}

/** As many real actions as are tried in a region. */
const ACTIONS_TRIED = 8;
const SAMPLES = {
  partition: ['aws', 'aws-cn', 'aws-us-gov'],
  region: [
    'us-east-1', 'eu-west-1', 'ap-southeast-2', 'us-west-2', 'us-east-2', 'us-west-1', 'eu-central-1', 'ap-northeast-1', 'ca-central-1', 'sa-east-1',
    'me-south-1', 'af-south-1', 'il-central-1', 'mx-central-1', 'cn-north-1', 'us-gov-west-1',
  ],
  account: ['111122223333', '444455556666', '123456789012'],
  name: ['example', 'another-example', 'x', '1'],
  action: ['Example', 'AnotherExample', 'X'],
};

/** `near` are statements whose resources show what kind of resource the actions are used on. */
export function* proposals(
  region: Region, box: Box, known: readonly KnownAction[], near: readonly Statement[], scope: Scope,
): Generator<Proposal> {
  const states = keyStates(region.conditions, scope);
  if (!states || [...states.values()].some((state) => !state.certain)) { return; }
  const context = new Map([...states].filter(([, state]) => state.value !== undefined).map(([key, state]): [string, KeyState['value']] => [key, state.value]));
  for (const name of actionsOf(region.action, box, known, scope.budget)) {
    const action = actionPattern(name);
    const usual = known.filter((k) => k.action.toLowerCase() === name.toString().toLowerCase()).map((k) => k.resource);
    for (const { resource, invented } of resourcesOf(region, name, usual, near, scope.budget)) {
      if (usual.length > 0 && !usual.some((u) => sameKind(u, resource))) { continue; }
      yield { action, resource, context, resourceInvented: invented };
    }
  }
}

/** Known actions; only where there is none, a name that is made up. */
function actionsOf(actions: StringSet, box: Box, known: readonly KnownAction[], budget: Budget): Array<string | Text> {
  const [pattern] = box.action.patterns;
  if (!box.action.negated && !hasWildcard(pattern)) { return [pattern.source]; }
  const real = [...new Set(known.map((k) => k.action))].filter((action) => isMetBy(actions, actionPattern(action).elements, budget));
  if (real.length > 0) { return real.slice(0, ACTIONS_TRIED); }
  const madeUp = box.action.negated ? [] : SAMPLES.action.map((sample) => Text.of(...partsOf(pattern.source).map((part) => (typeof part === 'string'
    ? part.replace(/\*+/g, sample).replace(/\?/g, 'x')
    : part))));
  const formed = [...actions, ...matching([ACTION_FORM])];
  const good = [...madeUp, 'example:Example'].find((name) => isMetBy(formed, actionPattern(name).elements, budget));
  const word = good ?? findWord(formed, budget);
  return word === undefined ? [] : [word];
}

const ACTION_FORM: readonly Element[] = [
  { type: 'one', except: ':' }, { type: 'many', except: ':' }, characterElement(':'), { type: 'one', except: ':' }, { type: 'many', except: ':' },
];

interface ProposedResource {
  readonly resource: Pattern;
  readonly invented: boolean;
}

function* resourcesOf(
  { resource }: Region, action: string | Text, usual: readonly string[], near: readonly Statement[], budget: Budget,
): Generator<ProposedResource> {
  const service = action.toString().toLowerCase().split(':')[0];
  if (resource.type === 'star') {
    if (usual.length > 0 && !usual.includes('*')) { return; }
    yield { resource: { source: '*', elements: [{ type: 'many' }] }, invented: false };
  } else if (resource.type === 'pattern') {
    for (const name of SAMPLES.name) {
      const elements = resource.pattern.elements.flatMap((e) => (e.type === 'many' ? chars(name) : e.type === 'one' ? chars('x') : [e]));
      yield { resource: { source: sourceOf(elements), elements }, invented: true };
    }
  } else {
    const shape = resource.from && arnFields(resource.from.elements);
    const examples = usual.map((arn) => arn.split(':')).filter((fields) => fields.length >= 6).map((fields) => [...fields.slice(0, 5), fields.slice(5).join(':')]);
    const header = headerOf(resource.fields, shape, service, examples, budget);
    if (!header) { return; }
    for (const { part, invented } of resourceParts(resource.fields[5], shape?.[5], examples, near, service, budget)) {
      const elements = [...header, part].flatMap((field, i) => (i > 0 ? [characterElement(':'), ...field] : field));
      yield { resource: { source: sourceOf(elements), elements }, invented };
    }
  }
}

/** The first five fields; `undefined` where no well-formed ARN comes to mind. */
function headerOf(
  sets: readonly StringSet[], shape: ReadonlyArray<readonly Element[]> | undefined, service: string, examples: readonly string[][], budget: Budget,
): Array<readonly Element[]> | undefined {
  const global = GLOBAL_SERVICES.get(service);
  const samples = [
    ['arn'],
    SAMPLES.partition,
    [service],
    global ? [''] : [...SAMPLES.region, ''],
    global?.account === false ? [''] : [...SAMPLES.account, ''],
  ];
  const header: Array<readonly Element[]> = [];
  for (let i = 0; i < samples.length; i++) {
    const own = shape?.[i];
    const candidates = [
      ...(own && !own.some(isWildcard) ? [own] : []),
      ...examples.map((fields) => chars(fields[i])),
      ...samples[i].map(chars),
    ];
    const isEmpty = samples[i].length === 1 && samples[i][0] === ''; // a region of IAM, say
    const field = candidates.find((c) => isMetBy(sets[i], c, budget)) ?? (isEmpty ? undefined : fieldFrom(sets[i], i, budget));
    if (!field) { return undefined; }
    header.push(field);
  }
  return header;
}

const ACCOUNT_FORM: readonly Element[] = new Array<Element>(12).fill({ type: 'one', except: [...FILLERS].filter((c) => c > '9').join('') });

/** What the set itself asks for: an account of which a part is given, a partition that no list has. */
function fieldFrom(set: StringSet, index: number, budget: Budget): readonly Element[] | undefined {
  const word = findWord(index === 4 ? [...set, ...matching([ACCOUNT_FORM])] : set, budget);
  return word === undefined ? undefined : elementsOf(word);
}

function* resourceParts(
  set: StringSet, shape: readonly Element[] | undefined, examples: readonly string[][], near: readonly Statement[], service: string, budget: Budget,
): Generator<{ part: readonly Element[]; invented: boolean }> {
  let found = 0;
  const fits = (part: readonly Element[]) => part.length > 0 && isMetBy(set, part, budget);
  for (const [, , , , , part] of examples) {
    if (fits(chars(part))) {
      found++;
      yield { part: chars(part), invented: false };
    }
  }
  // Where the resource part begins with a wildcard, nothing says what kind of resource it is (except in S3, which has no kinds).
  const formless = service !== 's3' && (!shape || isWildcard(shape[0]));
  if (shape && !formless) {
    for (const part of filled(shape)) {
      if (fits(part)) {
        found++;
        yield { part, invented: false };
      }
    }
  }
  for (const kind of formless || service === 's3' ? kindsIn(near) : []) {
    for (const part of filled(kind)) {
      if (fits(part)) {
        found++;
        yield { part, invented: false };
      }
    }
  }
  if (formless) {
    for (const part of filled(shape ?? [{ type: 'many' }])) {
      if (fits(part)) {
        found++;
        yield { part, invented: true };
      }
    }
  }
  if (found > 0) { return; }
  const word = findWord([...set, ...matching([[{ type: 'one' }, { type: 'many' }]])], budget);
  if (word !== undefined) { yield { part: elementsOf(word), invented: formless }; }
}

/** The pattern with samples for its wildcards. */
function filled(pattern: readonly Element[]): Array<readonly Element[]> {
  const names = pattern.some((e) => e.type === 'many') ? SAMPLES.name : SAMPLES.name.slice(0, 1);
  return names.map((name) => pattern.flatMap((e) => (e.type === 'many' ? chars(name) : e.type === 'one' ? chars('x') : [e])));
}

/** As many kinds of resources of the role as are tried. */
const KINDS_TRIED = 4;

/** The resource parts that statements name, and others of the same kind: `table/orders` becomes `table/*`. */
function kindsIn(statements: readonly Statement[]): Array<readonly Element[]> {
  return statements.flatMap((s) => s.resources.patterns).flatMap((pattern) => {
    const part = arnFields(pattern.elements)?.[5];
    if (!part || isWildcard(part[0])) { return []; }
    const separator = part.findIndex((e) => e.type === 'char' && (e.char === '/' || e.char === ':'));
    return [...(separator > 0 ? [[...part.slice(0, separator + 1), { type: 'many' as const }]] : []), part];
  }).slice(0, KINDS_TRIED);
}

/** Whether two resources look like the same kind, as far as ARNs show it: buckets and objects, `table/…`, `role/…`. */
function sameKind(usual: string, resource: Pattern): boolean {
  const fields = arnFields(resource.elements);
  if (usual === '*' || !fields) { return true; }
  const [, , service, , , ...rest] = usual.split(':');
  const [usualPart, ownPart] = [rest.join(':'), fields[5].map(asPlainChar).join('')];
  if (ownPart.includes(OPEN_CHAR)) { return true; }
  const kind = (part: string) => (service === 's3' ? part.includes('/') : /^([a-z-]+)[/:]/.exec(part)?.[1]);
  return kind(ownPart) === kind(usualPart);
}

/** Stands for an atom that may hold a separator. */
const OPEN_CHAR = '\uFFFF';

function asPlainChar(element: Element): string {
  if (element.type === 'char') { return element.char; }
  const characters = element.type === 'atom' ? element.atom.kind.characters : undefined;
  return characters === undefined || /[/:]/.test(characters) ? OPEN_CHAR : 'x';
}

function isWildcard(element: Element | undefined): boolean {
  return element?.type === 'many' || element?.type === 'one';
}

/** The ARNs of these services have no region, and of those marked so no account. */
const GLOBAL_SERVICES: ReadonlyMap<string, { readonly account: boolean }> = new Map([
  ['s3', { account: false }], ['iam', { account: true }], ['cloudfront', { account: true }], ['route53', { account: false }],
  ['organizations', { account: true }],
]);

function chars(text: string): Element[] {
  return [...text].map((char) => characterElement(char));
}

function elementsOf(text: string | Text): Element[] {
  return partsOf(text).flatMap((part): Element[] => (typeof part === 'string' ? chars(part) : [{ type: 'atom', atom: part }]));
}

function sourceOf(elements: readonly Element[]): string | Text {
  const parts: TextPart[] = [''];
  for (const element of elements) {
    const last = parts.length - 1;
    if (element.type === 'atom') {
      parts.push(element.atom, '');
    } else if (element.type === 'char') {
      parts[last] = `${parts[last] as string}${element.char}`;
    }
  }
  return Text.of(...parts);
}
