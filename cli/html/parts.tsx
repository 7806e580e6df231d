/**
 * Small components that several parts of the page share: hidden text, names, signs, sizes, statements and reasons.
 */
import type { ComponentChildren } from 'preact';
import { pluralize, SIGNS } from './words';
import { SESSION_POLICY_MAX_CHARACTERS } from '../../lib/session-policy/limit';
import type { AccessChange } from '../access/access';
import type { SessionDetails } from '../access/details';

/** Text for screen readers only. */
export function Hidden({ children }: { readonly children: ComponentChildren }) {
  return <span class="hidden">{children}</span>;
}

/** A text of other people: its direction does not affect the text around it. */
export function Name({ text }: { readonly text: string }) {
  return <bdi>{text}</bdi>;
}

export function Sign({ change }: { readonly change: AccessChange }) {
  return <span class="sign" aria-hidden="true">{SIGNS[change].sign}</span>;
}

/** Number of characters from which a session policy is shown as nearly full. */
const HIGH = 0.85 * SESSION_POLICY_MAX_CHARACTERS;

function inDigits(count: number): string {
  return count.toLocaleString('en-US');
}

export function Size({ session }: { readonly session: SessionDetails }) {
  if (!session.size) { return <>not known</>; }
  const { minimum, maximum, expected } = session.size;
  const limit = inDigits(SESSION_POLICY_MAX_CHARACTERS);
  const bounds = maximum === minimum ? inDigits(minimum)
    : maximum === undefined ? `${inDigits(minimum)} or more`
      : `${inDigits(minimum)} to ${inDigits(maximum)}`;
  const range = expected === undefined || maximum === minimum ? bounds : `${inDigits(expected)} expected (${bounds})`;
  return (
    <span class="size">
      <meter min={0} max={SESSION_POLICY_MAX_CHARACTERS} high={HIGH} optimum={0} value={Math.min(expected ?? minimum, SESSION_POLICY_MAX_CHARACTERS)}
        aria-label={`${range} of ${limit} characters`} />
      <span>{range}{minimum > SESSION_POLICY_MAX_CHARACTERS ? ' (too large)' : ''}</span>
    </span>
  );
}

/** Maximum number of characters shown; longer text makes the page slow, and nobody reads it here. */
const CHARACTERS_SHOWN = 20_000;

/** Statements of a policy, as JSON. */
export function Statements({ statements }: { readonly statements: readonly string[] }) {
  const text = statements.join(',\n');
  if (statements.length === 0) { return <p>No statements.</p>; }
  return (
    <>
      <pre tabIndex={0} aria-label={pluralize(statements.length, 'statement')}>{text.slice(0, CHARACTERS_SHOWN)}</pre>
      {text.length > CHARACTERS_SHOWN && <p>{(text.length - CHARACTERS_SHOWN).toLocaleString('en-US')} more characters are not shown.</p>}
    </>
  );
}

export function Reasons({ title, reasons }: { readonly title: string; readonly reasons: readonly string[] }) {
  if (reasons.length === 0) { return null; }
  return <div class="reasons"><p>{title}</p><ul>{reasons.map((reason) => <li><Name text={reason} /></li>)}</ul></div>;
}
