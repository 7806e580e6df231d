/**
 * Finds the parts of templates that may hide associations, or that may change what roles may do, and that nobody can read before the
 * deployment: loops over deploy-time values, macros, included files, modules and the templates of nested stacks. A rule reports them
 * (`rules/template-not-examined.ts`), and `role-layers.ts` makes gaps of them.
 *
 * Rounds up: a part counts unless it certainly makes nothing of that kind, such as a loop over queues. Resources that make something
 * at run time, such as custom resources and stack sets, are not followed: docs/cli.md says so.
 * For speed, the parts of a stack are found once.
 */
import { DoubtfulLoop, isLoop } from './for-each';
import {
  ADDON_TYPE, ASSOCIATION_TYPE, ATTACHED_POLICY_TYPES, isModule, isRead, NESTED_STACK_TYPE, RESOURCE_POLICY_TYPES, SERVERLESS_APPLICATION_TYPE,
} from './relevant-types';
import type { StackTemplate, TemplateSet } from './template-set';
import { macrosIn, TRANSFORM } from './transforms';
import { memoizePair } from '../util/memo';
import { isRecord, memberOf } from '../util/records';
import { someMember } from '../util/some-member';

/** Why a part was not examined: a stable name for programs. */
export type UnexaminedCode =
  | 'IncludedFile'
  /** A loop was examined for the default of its parameter only. */
  | 'LoopOverDefault'
  | 'LoopNotExpanded'
  | 'Macro'
  | 'Module'
  | 'NestedStackNotRead'
  | 'TemplateNotRead';

/** Which roles a part may change. */
export type Reach =
  | 'none'
  /** The roles of the stack and of the stacks that are deployed with it, as nested stacks. */
  | 'stacks deployed together'
  /** The roles that it is given as parameters, and those with a name that it may know. */
  | 'its parameters'
  | 'any role';

export interface UnexaminedPart {
  readonly code: UnexaminedCode;
  /** Names the part in a sentence. */
  readonly name: string;
  /** Its place in the template. */
  readonly at: readonly string[];
  /** Why it could not be examined, if the code does not say that. */
  readonly why?: string;
  readonly mayHideAssociations: boolean;
  readonly roles: Reach;
  /** The parameters of a nested stack that was not read. */
  readonly parameters?: unknown;
}

/** The parts of one stack that were not examined. */
export const unexaminedPartsOf: (templates: TemplateSet, stack: StackTemplate) => readonly UnexaminedPart[] = memoizePair(partsOf);

function partsOf(templates: TemplateSet, stack: StackTemplate): UnexaminedPart[] {
  if (stack.unread !== undefined) {
    return [{ code: 'TemplateNotRead', name: `the template of ${stack.id}`, at: [], why: stack.unread, mayHideAssociations: true, roles: 'any role' }];
  }
  const { template } = stack;
  return [
    ...macroParts(template.Transform, ['Transform']),
    ...Object.keys(template).filter((section) => PREPROCESSED.has(section))
      .map((section): UnexaminedPart => ({ ...ANYTHING, code: 'Module', name: `the section ${section}`, at: [section] })),
    ...templates.doubtfulLoops(stack).flatMap(loopPart),
    ...Object.entries<unknown>(template.Resources ?? {}).flatMap(([key, value]) => (
      key === TRANSFORM ? macroParts(value, ['Resources', key]) : isLoop(key) ? [] : resourceParts(key, value, stack, templates))),
  ];
}

/** What else one resource is made of: a macro or a loop among its properties. `undefined` if the resource is as it is written. */
export function rewriterOf(resource: unknown): { readonly name: string; readonly at: readonly string[] } | undefined {
  const found = ([[], ['Properties']] as const).flatMap((at) => {
    const members = at.reduce<unknown>(memberOf, resource);
    return Object.keys(isRecord(members) ? members : {}).filter((key) => key === TRANSFORM || isLoop(key)).map((key) => (
      { name: key === TRANSFORM ? macrosIn(memberOf(members, key))[0]?.name ?? TRANSFORM : key, at: [...at, key] }));
  });
  return found[0];
}

/** Sections of tools that rewrite templates before they are deployed. */
const PREPROCESSED: ReadonlySet<string> = new Set(['Modules', 'Rain']);

const ANYTHING = { mayHideAssociations: true, roles: 'stacks deployed together' } as const;
const PERMISSIONS = { mayHideAssociations: false, roles: 'stacks deployed together' } as const;

function macroParts(written: unknown, at: readonly string[]): UnexaminedPart[] {
  return macrosIn(written).map(({ kind, name }) => ({ ...ANYTHING, code: kind === 'include' ? 'IncludedFile' : 'Macro', name, at }));
}

function resourceParts(logicalId: string, resource: unknown, stack: StackTemplate, templates: TemplateSet): UnexaminedPart[] {
  if (!isRecord(resource)) { return []; }
  const { Type: type } = resource;
  const at = ['Resources', logicalId];
  const path = stack.pathOf(logicalId);
  const rewriter = rewriterOf(resource);
  if (typeof type !== 'string') {
    const isMade = rewriter !== undefined || isRecord(type);
    return isMade ? [{ ...ANYTHING, code: rewriter ? 'Macro' : 'Module', name: `the resource ${path}, whose type is not written out`, at }] : [];
  }
  if (isModule(type)) { return [{ ...ANYTHING, code: 'Module', name: `${path}, a module (${type})`, at }]; }
  if (type === NESTED_STACK_TYPE || (type === SERVERLESS_APPLICATION_TYPE && typeof memberOf(resource.Properties, 'Location') === 'string')) {
    if (templates.nestedStack(stack, logicalId)) { return []; }
    const parameters = memberOf(resource.Properties, 'Parameters');
    return [{ code: 'NestedStackNotRead', name: `the nested stack ${path}`, at, mayHideAssociations: true, roles: 'its parameters', parameters }];
  }
  if (type === 'AWS::Serverless::Connector' || 'Connectors' in resource) {
    return [{ ...PERMISSIONS, code: 'Macro', name: `the connectors of ${path}`, at }];
  }
  if (!rewriter || !isRead(type)) { return []; }
  const found = { code: codeOf(rewriter.at), name: `${rewriter.name} in ${path}`, at: [...at, ...rewriter.at], why: INSIDE };
  if (type === ASSOCIATION_TYPE || type === ADDON_TYPE) { return [{ ...found, mayHideAssociations: true, roles: 'none' }]; }
  return type === 'AWS::IAM::Role' ? [] : [{ ...PERMISSIONS, ...found }]; // role-layers.ts asks for each role
}

/** Why a loop inside of a resource is not expanded. `for-each.ts` expands it if its items are certain. */
const INSIDE = 'its items are not certain';

function codeOf(at: readonly string[]): UnexaminedCode {
  return isLoop(at[at.length - 1]) ? 'LoopNotExpanded' : 'Macro';
}

function loopPart({ key, body, why, parameters = [] }: DoubtfulLoop): UnexaminedPart[] {
  const made = madeBy(body);
  const at = ['Resources', key];
  if (why !== undefined) {
    return made.associations || made.policies
      ? [{ code: 'LoopNotExpanded', name: key, at, why, mayHideAssociations: made.associations, roles: made.policies ? 'any role' : 'none' }]
      : [];
  }
  const named = `the ${parameters.length === 1 ? 'default' : 'defaults'} of its ${parameters.length === 1 ? 'parameter' : 'parameters'} ${parameters.join(' and ')}`;
  return made.associations || made.policiesOfOthers ? [{
    code: 'LoopOverDefault', name: key, at, why: named, mayHideAssociations: made.associations, roles: made.policiesOfOthers ? 'any role' : 'none',
  }] : [];
}

interface Made {
  readonly associations: boolean;
  readonly policies: boolean;
  /** Policies for roles that do not depend on the item of the loop. */
  readonly policiesOfOthers: boolean;
}

/** What the body of a loop makes, by the types of its resources. */
function madeBy(body: unknown): Made {
  const each = Object.entries(isRecord(body) ? body : { unknown: body }).map(([key, value]): Made => (
    isLoop(key) && Array.isArray(value) ? madeBy(value[2]) : madeByResource(key, value)));
  return {
    associations: each.some(({ associations }) => associations),
    policies: each.some(({ policies }) => policies),
    policiesOfOthers: each.some(({ policiesOfOthers }) => policiesOfOthers),
  };
}

const ALL: Made = { associations: true, policies: true, policiesOfOthers: true };
const NOTHING: Made = { associations: false, policies: false, policiesOfOthers: false };
const ONLY_ASSOCIATIONS: Made = { ...NOTHING, associations: true };

function madeByResource(key: string, resource: unknown): Made {
  const type = memberOf(resource, 'Type');
  const properties = memberOf(resource, 'Properties');
  // a type that depends on the item may be any
  if (key === TRANSFORM || typeof type !== 'string' || /[$&]\{/.test(type) || isModule(type)) { return ALL; }
  const rewritten = rewriterOf(resource) !== undefined;
  switch (type) {
    case ASSOCIATION_TYPE: return ONLY_ASSOCIATIONS;
    case ADDON_TYPE: return rewritten || memberOf(properties, 'PodIdentityAssociations') !== undefined ? ONLY_ASSOCIATIONS : NOTHING;
    case NESTED_STACK_TYPE: case SERVERLESS_APPLICATION_TYPE: return ALL;
  }
  if (includes(ATTACHED_POLICY_TYPES, type)) {
    const roles = memberOf(properties, type === 'AWS::IAM::RolePolicy' ? 'RoleName' : 'Roles');
    const ofItem = !rewritten && namesItem(key, roles);
    return { associations: false, policies: true, policiesOfOthers: !ofItem && (rewritten || roles !== undefined) };
  }
  const grants = includes(RESOURCE_POLICY_TYPES, type) && (rewritten || mayNameRole(properties));
  return { associations: false, policies: grants, policiesOfOthers: grants };
}

/** Whether roles differ for each item: their names have a placeholder of the loop, such as `Role${Team}`. */
function namesItem(key: string, roles: unknown): boolean {
  const identifiers = [...key.matchAll(/[$&]\{(\w+)\}/g)].map(([, identifier]) => identifier);
  return identifiers.some((identifier) => someMember(roles, (one) => typeof one === 'string' && (one === identifier || one.includes(`{${identifier}}`))));
}

/** Whether a resource policy may have a principal other than services and whole accounts. */
function mayNameRole(properties: unknown): boolean {
  return someMember(properties, (value, name) => name === 'AWS' && ![value].flat().every(isAccount));
}

/** `*`, or `arn:aws:iam::111122223333:root`, also as `Fn::Sub` and as the CDK writes it. */
function isAccount(principal: unknown): boolean {
  if (typeof principal === 'string') { return principal === '*' || principal.endsWith(':root'); }
  const joined = memberOf(principal, 'Fn::Join');
  const parts = Array.isArray(joined) ? joined[1] : undefined;
  const last = memberOf(principal, 'Fn::Sub') ?? (Array.isArray(parts) ? parts[parts.length - 1] : undefined);
  return typeof last === 'string' && last.endsWith(':root');
}

function includes(list: readonly string[], type: string): boolean {
  return list.includes(type);
}
