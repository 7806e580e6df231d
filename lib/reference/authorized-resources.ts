/** Words for the resources that AWS authorizes actions on. The rules and the assertions share them. */
import { ActionFacts } from './action-facts';
import { outsideBraces } from '../util/braces';

const SHOWN = 3;

/** The forms of the resources of the actions, for messages. The usual ARNs are the shortest. */
export function describePlaces(facts: readonly ActionFacts[]): string {
  const forms = facts.flatMap(({ types }) => types).flatMap(({ forms: of }) => of.map((form) => form.replace(/:log-stream:$/, ':*'))); // as people write it
  const byShape = new Map(forms.sort((a, b) => a.length - b.length).map((form) => [outsideBraces(form).join('*'), form.replace('${*}', '*')]));
  return someOf([...new Set([...byShape.values(), ...(facts.some(({ withoutResource }) => withoutResource) ? ['*'] : [])])], ' or ');
}

/** The first texts, and how many more there are. */
export function someOf(texts: readonly string[], separator = ', '): string {
  return texts.length <= SHOWN ? texts.join(separator) : `${texts.slice(0, SHOWN).join(separator)}${separator}${texts.length - SHOWN} more`;
}
