/**
 * Whether what could not be examined is the same on both sides: a macro makes the same of the same template, and a nested stack with the same
 * URL is the same. compare-permissions.ts asks it about gaps: the same unknown permissions are neither gained nor lost.
 * Invariant: rounds toward different. A file that could not be read may have any content.
 */
import { Reason } from '../../lib/engine';
import { StackTemplate, TemplateSet } from '../../lib/template/template-set';
import { UnexaminedPart, unexaminedPartsOf } from '../../lib/template/unexamined-parts';
import { memoize, memoizePair } from '../../lib/util/memo';
import { memberOf } from '../../lib/util/records';

/**
 * Whether a gap of both sides, with the same message, hides the same.
 * @param isSameAssociation whether the association is written in the same way on both sides
 */
export function sameUnknowns(
  base: TemplateSet | undefined, head: TemplateSet | undefined, isSameAssociation: boolean,
): (gap: Reason) => boolean {
  return ({ need, message }) => {
    switch (need) {
      // Outside of both deployments: a role or a policy of the account. Its ARN is in the message, if it is known.
      case 'role': case 'snapshot': return true;
      case 'managed policy': return /^(what|no template defines) the managed policy (arn:|\$\{)/.test(message) || hasSameSources(base, head, isSameAssociation);
      case 'nested template': case 'processed template': return base !== undefined && head !== undefined && areSame(base, head);
      default: return hasSameSources(base, head, isSameAssociation);
    }
  };
}

/** Whether everything from which policies are read is the same: then what could not be understood of them is the same. */
function hasSameSources(base: TemplateSet | undefined, head: TemplateSet | undefined, isSameAssociation: boolean): boolean {
  return base !== undefined && head !== undefined && isSameAssociation && haveSamePolicies(base, head);
}

const haveSamePolicies = memoizePair((base: TemplateSet, head: TemplateSet): boolean => {
  const policies = policiesIn(base);
  return policies !== undefined && policies === policiesIn(head);
});

/** The resources of IAM, and what their values depend on; `undefined` if a template could not be read. */
const policiesIn = memoize(({ stacks }: TemplateSet): string | undefined => {
  if (stacks.some(({ unread }) => unread !== undefined)) { return undefined; }
  const textOf = ({ id, template: { Resources: resources = {}, Parameters, Conditions, Mappings } }: StackTemplate) => JSON.stringify([
    id, Parameters, Conditions, Mappings,
    Object.entries<unknown>(resources).filter(([, resource]) => String(memberOf(resource, 'Type')).startsWith('AWS::IAM::')).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  return JSON.stringify(stacks.map(textOf).sort());
});

const areSame = memoizePair((base: TemplateSet, head: TemplateSet): boolean => {
  const parts = unexaminedIn(base);
  return parts !== undefined && parts === unexaminedIn(head);
});

/** All parts with their content; `undefined` if the content of one is not known. */
const unexaminedIn = memoize((templates: TemplateSet): string | undefined => {
  const parts = templates.stacks.flatMap((stack) => (
    unexaminedPartsOf(templates, stack).map((part) => [stack.id, part.code, part.name, contentOf(part, stack)])));
  return parts.some(([, , , content]) => content === undefined) ? undefined : JSON.stringify(parts.map(String).sort());
});

/** What may hide associations, and its content: `undefined` if that is not known. */
export interface HidingPart {
  readonly what: string;
  /** Equal on both sides: the same part of the same stack. @default - `what` */
  readonly id?: string;
  readonly content?: string;
}

/** The parts of the templates that may hide associations. Files that cannot be read are listed beside them. */
export function hidingParts(templates: TemplateSet): HidingPart[] {
  return templates.stacks.filter(({ unread }) => unread === undefined).flatMap((stack) => unexaminedPartsOf(templates, stack)
    .filter(({ mayHideAssociations }) => mayHideAssociations).map((part): HidingPart => {
      const named = `${part.name}${part.why === undefined ? '' : ` (${part.why})`}`;
      // The id of the stack is that of the base on both sides.
      return { what: `${named} in ${stack.file}`, id: `${named} in ${stack.id}`, content: contentOf(part, stack) };
    }));
}

/** What one side hides and the other does not, or not for certain. */
export function hiddenOnlyIn(own: readonly HidingPart[], other: readonly HidingPart[]): HidingPart[] {
  const known = new Set(other.filter(({ content }) => content !== undefined).map(keyOfPart));
  return own.filter((part) => part.content === undefined || !known.has(keyOfPart(part)));
}

function keyOfPart({ what, id = what, content }: HidingPart): string {
  return JSON.stringify([id, content]);
}

function contentOf({ code, at }: UnexaminedPart, { template }: StackTemplate): string | undefined {
  switch (code) {
    case 'TemplateNotRead': return undefined;
    case 'NestedStackNotRead': return JSON.stringify(at.reduce<unknown>(memberOf, template));
    default: return JSON.stringify(template);
  }
}
