import { Json, partsOf, SymbolicString, SymbolicVariable, Unresolved } from '../../../lib/engine';
import { isRecord } from '../../../lib/util/records';

/** What values that a template leaves to the deployment are in what is deployed: by the ids of their symbolic variables. */
export type Bindings = ReadonlyMap<string, string>;

export const NO_BINDINGS: Bindings = new Map();

/**
 * What the symbolic variables of a text are if it has become `deployed`; `undefined`: it has not. Each symbolic variable takes
 * what is before the next literal, in one pass: with several ways, another one may be missed, and none is made up.
 */
export function match(text: string | SymbolicString, deployed: string, known: Bindings = NO_BINDINGS): Bindings | undefined {
  const parts = partsOf(substitute(text, known));
  const found = new Map<string, string>();
  let at = 0;
  for (const [i, part] of parts.entries()) {
    if (typeof part === 'string') {
      if (!deployed.startsWith(part, at)) { return undefined; }
      at += part.length;
      continue;
    }
    const before = found.get(part.id);
    const next = parts[i + 1];
    const end = before !== undefined ? at + before.length : endOf(part, next, i + 2 === parts.length, deployed, at);
    if (end === undefined) { return undefined; }
    const value = deployed.slice(at, end);
    if (before === undefined ? !mayBe(part, value) : before !== value) { return undefined; }
    found.set(part.id, value);
    at = end;
  }
  return at === deployed.length ? found : undefined;
}

function endOf(
  { kind }: SymbolicVariable, next: string | SymbolicVariable | undefined, isLast: boolean, deployed: string, at: number,
): number | undefined {
  if (next === undefined) { return deployed.length; }
  if (typeof next !== 'string') { return undefined; } // where one ends and the other begins cannot be told
  const end = isLast ? deployed.length - next.length : deployed.indexOf(next, at + kind.minLength);
  return end < at || !deployed.startsWith(next, end) ? undefined : end;
}

/** As much of its logical id has the name that CloudFormation gives a resource, also where the name is cut. */
const OF_LOGICAL_ID = 16;

/**
 * Whether the value of a symbolic variable may be this one.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html — names that CloudFormation makes
 */
function mayBe({ kind, label }: SymbolicVariable, value: string): boolean {
  if (value.length < kind.minLength || value.length > (kind.maxLength ?? Infinity)) { return false; }
  if (kind.oneOf && !kind.oneOf.includes(value)) { return false; }
  if (kind.characters !== undefined && [...value].some((character) => !kind.characters!.includes(character))) { return false; }
  const [, logicalId] = /^\$\{(\w+)\}$/.exec(label) ?? [];
  const isMadeOfLogicalId = kind.generated && kind.name.startsWith('name of ') && logicalId !== undefined;
  return !isMadeOfLogicalId || value.toLowerCase().includes(logicalId.slice(0, OF_LOGICAL_ID).toLowerCase());
}

export function substitute(text: string | SymbolicString, known: Bindings): string | SymbolicString {
  return SymbolicString.of(...partsOf(text).map((part) => (typeof part === 'string' ? part : known.get(part.id) ?? part)));
}

/** The same in each string of a document. */
export function substituteIn(document: Json, known: Bindings): Json {
  if (typeof document === 'string' || document instanceof SymbolicString) { return substitute(document, known); }
  if (Array.isArray(document)) { return document.map((item) => substituteIn(item, known)); }
  if (!isRecord(document) || document instanceof Unresolved) { return document; }
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, substituteIn(value as Json, known)]));
}

/**
 * What the symbolic variables of a document are if it has become `deployed` as it is written: the same members and items.
 * `undefined`: it has not.
 */
export function unify(document: Json, deployed: Json, known: Bindings = NO_BINDINGS): Bindings | undefined {
  if (typeof document === 'string' || document instanceof SymbolicString) {
    const found = typeof deployed === 'string' ? match(document, deployed, known) : undefined;
    return found && new Map([...known, ...found]);
  }
  if (Array.isArray(document)) {
    return Array.isArray(deployed) && document.length === deployed.length
      ? document.reduce<Bindings | undefined>((so, item, i) => so && unify(item, deployed[i], so), known)
      : undefined;
  }
  if (!isRecord(document) || document instanceof Unresolved) { return document === deployed ? known : undefined; }
  if (!isRecord(deployed) || Object.keys(document).length !== Object.keys(deployed).length) { return undefined; }
  return Object.entries(document).reduce<Bindings | undefined>((so, [key, value]) => (
    so && Object.hasOwn(deployed, key) ? unify(value as Json, deployed[key] as Json, so) : undefined), known);
}

/** What the symbolic variables of a document are if it has become `deployed`, as far as there is one way only: string by string. */
export function bindingsIn(document: Json, deployed: Json): Bindings {
  const known = new Map<string, string>();
  const there = [...new Set(textsIn(deployed).filter((text) => typeof text === 'string'))];
  let open = textsIn(document).filter((text) => typeof text !== 'string');
  for (let before = -1; before !== known.size;) {
    before = known.size;
    open = open.filter((text) => {
      const ways = new Map(there.flatMap((one) => {
        const way = match(text, one, known);
        return way ? [[JSON.stringify([...way]), way] as const] : [];
      }));
      if (ways.size !== 1) { return true; }
      [...ways.values()][0].forEach((value, id) => known.set(id, value));
      return false;
    });
  }
  return known;
}

/** How people know the values that a document leaves open. */
export function openIn(document: Json): string[] {
  return [...new Set(textsIn(document).flatMap((text) => partsOf(text)).flatMap((part) => (typeof part === 'string' ? [] : [part.label])))];
}

function textsIn(value: Json): Array<string | SymbolicString> {
  if (typeof value === 'string' || value instanceof SymbolicString) { return [value]; }
  if (Array.isArray(value)) { return value.flatMap(textsIn); }
  return isRecord(value) && !(value instanceof Unresolved) ? Object.values(value as Record<string, Json>).flatMap(textsIn) : [];
}
