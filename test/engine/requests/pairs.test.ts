import * as fs from 'fs';
import * as path from 'path';
import { GUARDRAILS } from './organization-guardrails';
import { PERIMETERS } from './organization-perimeters';
import { Document, documentOf, Pair, principalOf } from './pair';
import { TABLES } from './tables';
import { decideNarrowing, Json, Layer, NarrowingQuestion, parsePolicy, Policy, Verdict } from '../../../lib/engine';
import { requestCatalog } from '../../../lib/reference/request-catalog';
import { WELL_KNOWN_ACTIONS } from '../../../lib/reference/well-known-actions';

const VERIFICATION = fs.readFileSync(path.join(__dirname, '../../../docs/verification.md'), 'utf-8').split('\n');

function policy(document: Document, name: string): Policy {
  const { policy: read, problems } = parsePolicy(documentOf(document) as unknown as Json, name);
  expect(problems).toEqual([]);
  return read;
}

function questionOf({ session, role, boundary }: Pair): NarrowingQuestion {
  const layers: Layer[] = [{ name: 'identity policies', policies: [policy(role, 'the role')], gaps: [] }];
  if (boundary) {
    layers.push({ name: 'permissions boundary', policies: [policy(boundary, 'the boundary')], gaps: [] });
  }
  return { session: policy(session, 'the session policy'), layers };
}

function decidePairOf(pair: Pair): Verdict {
  return decideNarrowing(questionOf(pair), {
    knownActions: WELL_KNOWN_ACTIONS, catalog: requestCatalog(), principal: principalOf(pair),
  });
}

/** What the engine does not decide, and why. All other pairs are decided. */
const UNDETERMINED: { readonly [title: string]: string } = {
  'filtering events, session policy without the wildcard':
    'the guide wants `:*`, but AccessDenied has named a group without it, for a group that is given by its identifier',
};

function isRight({ verdict, title }: Pair, { kind }: Verdict): boolean {
  switch (verdict) {
    case 'not narrows': return kind !== 'narrows';
    case 'not exceeds': return kind !== 'exceeds';
    default: return kind === (title in UNDETERMINED ? 'undetermined' : verdict);
  }
}

describe.each(Object.entries(TABLES))('%s', (_name, pairs) => {
  test.each(pairs.map((pair): [string, Pair] => [`${pair.title}: ${pair.verdict}`, pair]))('%s', (_title, pair) => {
    const verdict = decidePairOf(pair);
    const { kind } = verdict;
    expect({ kind, isRight: isRight(pair, verdict) }).toEqual({ kind, isRight: true });
  });

  test('each shows something else', () => {
    expect(new Set(pairs.map(({ title }) => title)).size).toBe(pairs.length);
  });
});

test.each([...PERIMETERS, ...GUARDRAILS])('docs/verification.md lists $title', ({ title, sessions, page }) => {
  const verdicts = sessions.map(([name, , verdict]) => `${name}: *${verdict}*`).join('; ');
  expect(VERIFICATION).toContain(`| ${title} | ${verdicts} | [page](${page}) |`);
});

test('docs/verification.md says how many are decided', () => {
  const pairs = Object.values(TABLES).flat().length;
  expect(VERIFICATION.join(' ')).toContain(`**What.** ${pairs} pairs`);
  expect(VERIFICATION.join(' ')).toContain(`**Result.** ${pairs - Object.keys(UNDETERMINED).length} are decided`);
});
