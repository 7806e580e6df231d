/**
 * Whether what could not be examined is the same on both sides: a macro makes the same of the same template, and a nested stack with the same
 * URL is the same. compare-permissions.ts asks it about gaps: the same unknown permissions are neither gained nor lost.
 * Invariant: rounds toward different. A file that could not be read may have any content.
 */
import type { LoadedBatch } from './read-side';
import { Reason } from '../../lib/engine';
import { StackTemplate, TemplateSet } from '../../lib/template/template-set';
import { UnexaminedPart, unexaminedPartsOf } from '../../lib/template/unexamined-parts';
import { memoize, memoizePair } from '../../lib/util/memo';
import { memberOf } from '../../lib/util/records';

/** Whether a gap of both sides, with the same message, hides the same. */
export function sameUnknowns(base: LoadedBatch | undefined, head: LoadedBatch | undefined): (gap: Reason) => boolean {
  return ({ need }) => {
    switch (need) {
      // Outside of both deployments: a role or a policy of the account.
      case 'role': case 'snapshot': case 'managed policy': return true;
      case 'nested template': case 'processed template': return base !== undefined && head !== undefined && areSame(base.templates, head.templates);
      default: return false;
    }
  };
}

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
  readonly content?: string;
}

/** The parts of the templates that may hide associations. Files that cannot be read are listed beside them. */
export function hidingParts(templates: TemplateSet): HidingPart[] {
  return templates.stacks.filter(({ unread }) => unread === undefined).flatMap((stack) => unexaminedPartsOf(templates, stack)
    .filter(({ mayHideAssociations }) => mayHideAssociations).map((part): HidingPart => ({
      what: `${part.name}${part.why === undefined ? '' : ` (${part.why})`} in ${stack.id}`, content: contentOf(part, stack),
    })));
}

/** What one side hides and the other does not, or not for certain. */
export function hiddenOnlyIn(own: readonly HidingPart[], other: readonly HidingPart[]): HidingPart[] {
  const known = new Set(other.map(({ what, content }) => (content === undefined ? undefined : `${what} ${content}`)));
  return own.filter(({ what, content }) => content === undefined || !known.has(`${what} ${content}`));
}

function contentOf({ code, at }: UnexaminedPart, { template }: StackTemplate): string | undefined {
  switch (code) {
    case 'TemplateNotRead': return undefined;
    case 'NestedStackNotRead': return JSON.stringify(at.reduce<unknown>(memberOf, template));
    default: return JSON.stringify(template);
  }
}
