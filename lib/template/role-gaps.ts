/**
 * Says which parts of the templates that were not examined may change what a role may do. `role-layers.ts` makes gaps of them.
 *
 * Rounds up: a part counts for a role unless it certainly cannot attach a policy to it. A macro or a file that is included may know
 * the roles of its own stack, of the stacks that are nested in it, and of those around it.
 * For speed, the parts are indexed once. A role names a few of them and counts the others, so many parts cost no more than a few.
 */
import type { Need } from '../engine';
import { Evaluator } from './evaluator';
import { pathOf, ResourceRef, StackTemplate, TemplateSet } from './template-set';
import { rewriterOf, UnexaminedPart, unexaminedPartsOf } from './unexamined-parts';
import { groupBy } from '../util/group-by';
import { memoize } from '../util/memo';
import { isRecord } from '../util/records';
import { someMember } from '../util/some-member';

/** A gap: what may be missing, and how to resolve it. */
export type Gap = readonly [message: string, resolution: string, need?: Need];

interface PlacedPart {
  readonly part: UnexaminedPart;
  readonly stack: StackTemplate;
}

/** The parts that may change any role, and the others by the outermost of the stacks that are deployed together. */
interface PartIndex {
  readonly ofAny: readonly PlacedPart[];
  readonly byOutermost: ReadonlyMap<string, readonly PlacedPart[]>;
}

/** How many parts a role names. */
const NAMED = 3;

const FIX_TEMPLATE = 'fix that template: it may attach policies to any role';
const CHECK_PROCESSED = 'check the template after CloudFormation has processed it';

const indexOf = memoize((templates: TemplateSet): PartIndex => {
  const parts = templates.stacks.flatMap((stack) => unexaminedPartsOf(templates, stack).map((part): PlacedPart => ({ part, stack })));
  return {
    ofAny: parts.filter(({ part }) => part.roles === 'any role'),
    byOutermost: groupBy(parts, ({ part, stack }) => (part.roles === 'none' || part.roles === 'any role' ? undefined : templates.outermost(stack).id)),
  };
});

/** The gaps of a role of the templates. */
export function gapsOf(role: ResourceRef, evaluator: Evaluator): Gap[] {
  const { templates } = evaluator;
  const path = pathOf(role);
  const own = rewriterOf(role.resource);
  const { ofAny, byOutermost } = indexOf(templates);
  const near = (byOutermost.get(templates.outermost(role.stack).id) ?? []).filter((placed) => mayChange(placed, role, evaluator));
  return [...own ? [rewriting(own.name, path)] : [], ...firstOf(near, path), ...firstOf(ofAny, path)];
}

/**
 * The gaps of a role of which only the ARN is known: a part may attach policies to it by its name.
 * @param stack the stack of the association that has the role
 */
export function gapsOfNamed(path: string, stack: StackTemplate | undefined, { templates }: Evaluator): Gap[] {
  const { ofAny, byOutermost } = indexOf(templates);
  const near = stack ? byOutermost.get(templates.outermost(stack).id) ?? [] : [];
  return [...firstOf(near, path), ...firstOf(ofAny, path)];
}

/** A nested stack knows the roles that it is given, and those with a name of their own. */
function mayChange({ part: { roles, parameters }, stack }: PlacedPart, role: ResourceRef, evaluator: Evaluator): boolean {
  if (roles !== 'its parameters' || !evaluator.isAbsent(role.resource.Properties?.RoleName, role.stack)) { return true; }
  if (!isRecord(parameters)) { return parameters !== undefined; }
  if (stack !== role.stack) { return Object.keys(parameters).length > 0; } // parameters of this stack may be the role
  const id = role.logicalId;
  const names = (text: string) => text === id || text.startsWith(`${id}.`) || text.includes(`\${${id}}`) || text.includes(`\${${id}.`);
  return someMember(parameters, (value) => typeof value === 'string' && names(value));
}

function firstOf(parts: readonly PlacedPart[], path: string): Gap[] {
  const more = parts.length - NAMED;
  return [
    ...parts.slice(0, NAMED).map((placed) => gapOf(placed, path)),
    ...more > 0 ? [[`${more} more ${more === 1 ? 'part' : 'parts'} of the templates could not be examined`, CHECK_PROCESSED, 'processed template'] as const] : [],
  ];
}

function gapOf({ part: { code, name, why }, stack }: PlacedPart, path: string): Gap {
  switch (code) {
    case 'TemplateNotRead': return [`${name} could not be read (${why})`, FIX_TEMPLATE];
    case 'LoopNotExpanded': return [`${name} of ${stack.id} was not expanded: ${why}; it may attach policies to any role`, CHECK_PROCESSED, 'processed template'];
    case 'LoopOverDefault': return [`${name} of ${stack.id} was examined for ${why} only, and may attach other policies to ${path}`, CHECK_PROCESSED, 'processed template'];
    case 'NestedStackNotRead': return [`the template of ${name} was not read, and may attach policies to ${path}`, CHECK_PROCESSED, 'nested template'];
    default: return rewriting(name, path);
  }
}

function rewriting(name: string, path: string): Gap {
  return [`${name} may change what ${path} may do`, CHECK_PROCESSED, 'processed template'];
}
