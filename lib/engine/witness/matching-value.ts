/**
 * Finds a value for a policy variable with which a pattern matches a resource. `contexts.ts` tries it for requests that are shown.
 *
 * A value proves nothing: each request is checked and replayed. A table of the characters that the pattern can match bounds the
 * work, whatever the pattern; it spends the budget of the decision.
 */
import { variableKeysIn } from '../policy/specialize';
import { Budget } from '../strings/budget';
import { CHARACTERS_PER_STEP } from '../strings/covers';
import { mayOverlap } from '../strings/overlaps';
import { Element, Pattern } from '../strings/pattern';

/** The value of the key with which the pattern matches the resource, if its variable occurs once. It has no slash and no colon. */
export function valueThatMatches(pattern: Pattern, key: string, resource: Pattern, budget: Budget): string | undefined {
  const { elements } = pattern;
  if (variableKeysIn(elements).filter((of) => of === key).length !== 1 || resource.elements.some((e) => e.type !== 'char')) { return undefined; }
  if (!mayOverlap(pattern, resource, 'anything', budget)) { return undefined; }
  const characters = resource.elements.flatMap((e) => (e.type === 'char' ? [e.char] : []));
  const at = elements.findIndex((e) => e.type === 'variable' && e.variable.conditionKey === key);
  const before = matchedLengths(elements.slice(0, at), characters, budget);
  const behind = matchedLengths(elements.slice(at + 1).reverse(), [...characters].reverse(), budget);
  for (const start of characters.keys()) {
    if (!before[start]) { continue; }
    budget.spend(Math.ceil(characters.length / CHARACTERS_PER_STEP));
    const separator = characters.findIndex((char, i) => i >= start && (char === '/' || char === ':'));
    for (let end = separator < 0 ? characters.length : separator; end > start; end--) {
      if (behind[characters.length - end]) { return characters.slice(start, end).join(''); }
    }
  }
  return undefined;
}

/** For each number of characters, whether the elements match so many of the first characters. A variable matches at least one. */
function matchedLengths(elements: readonly Element[], characters: readonly string[], budget: Budget): readonly boolean[] {
  return elements.reduce<readonly boolean[]>((matched, element) => {
    budget.spend(Math.ceil((characters.length + 1) / CHARACTERS_PER_STEP));
    const next: boolean[] = [];
    for (let length = 0; length <= characters.length; length++) {
      const isLonger = length > 0 && matched[length - 1] && (element.type !== 'char' || element.char === characters[length - 1]);
      switch (element.type) {
        case 'many': next.push(matched[length] || next[length - 1]); break;
        case 'variable': next.push(isLonger || next[length - 1]); break;
        default: next.push(isLonger);
      }
    }
    return next;
  }, [true, ...characters.map(() => false)]);
}
