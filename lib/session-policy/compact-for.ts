/**
 * Compacts and measures the session policy of a construct: finds what its values refer to in the app, and chooses (choose-compaction.ts).
 * `SessionPolicy` asks it when the policy is rendered and when it is measured.
 */
import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Asked, chooseCompaction, ChosenPolicy, lengthsOf, RoleKnowledge } from './choose-compaction';
import { TemplatePlace } from './compaction/readings';
import { ResolvedStatement } from './minimize';
import { ReferencedElements } from './referenced-elements';
import { renderedLength, sizeInEveryCase } from './size';
import { SessionPolicySize } from '../session-policy-size';

/** A role may make a policy this short, and no shorter. */
const SHORTEST = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'.length;

/** @param resolved the statements as the template of `owner` has them */
export function compactFor(owner: IConstruct, resolved: readonly ResolvedStatement[], asked: Asked, role: () => RoleKnowledge): ChosenPolicy {
  return chooseCompaction(resolved, asked, placeOf(owner, resolved).place, role);
}

/** The length that a session policy has when it is compacted. @param statements they may have tokens */
export function compactedLength(
  owner: IConstruct, statements: readonly ResolvedStatement[], asked: Asked, role: () => RoleKnowledge,
): SessionPolicySize {
  const { place, resolved } = placeOf(owner, statements);
  const chosen = chooseCompaction(resolved, asked, place, role);
  const size = sizeOf(chosen.statements, place) ?? renderedLength(statements, owner);
  return chosen.mayBeShorter ? { ...size, minimum: Math.min(SHORTEST, size.minimum) } : size;
}

/** The length of a session policy that is rendered already. @param statements as the template of `owner` has them */
export function lengthOfRendered(owner: IConstruct, statements: readonly ResolvedStatement[]): SessionPolicySize {
  return sizeOf(statements, placeOf(owner, statements).place) ?? renderedLength(statements, owner);
}

function placeOf(
  owner: IConstruct, statements: readonly ResolvedStatement[],
): { readonly place: TemplatePlace; readonly resolved: readonly ResolvedStatement[] } {
  const stack = Stack.of(owner);
  const elements = new ReferencedElements();
  const resolved = elements.resolve(statements, owner);
  const templates = elements.templates(stack);
  return { place: { templates, stack: templates.stackWithId(stack.node.path)! }, resolved };
}

/** `undefined` if a part of it could not be read. */
function sizeOf(statements: readonly ResolvedStatement[], place: TemplatePlace): SessionPolicySize | undefined {
  const lengths = lengthsOf(statements, place);
  return lengths.includes(undefined) ? undefined : sizeInEveryCase(lengths.map((length) => length!));
}
