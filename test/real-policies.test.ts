import * as fs from 'fs';
import * as path from 'path';
import { REAL_POLICIES, RealPolicy } from './real-policies';
import { association, findingsIn, role, stackOf, US } from './rules/app';
import { Finding } from '../lib/analysis/finding';

const CORPORA = path.join(__dirname, '..', '..', 'shared', 'corpora');
const PAGE = path.join(__dirname, '..', 'docs', 'verification.md');

const isHere = ({ policy }: RealPolicy) => 'managed' in policy || fs.existsSync(path.join(CORPORA, policy.file));
const absent = REAL_POLICIES.filter((real) => !isHere(real));
const CASES = REAL_POLICIES.filter(isHere).map((real) => ({ name: nameOf(real), ...real }));

if (absent.length > 0) {
  console.log(`Not checked, because ${CORPORA} is not there: ${absent.map(nameOf).join(', ')}`);
}

function nameOf({ policy }: RealPolicy): string {
  return 'managed' in policy ? policy.managed : policy.file;
}

/** A role with the policy. */
function roleWith({ policy }: RealPolicy): ReturnType<typeof role> {
  if ('managed' in policy) { return role([], { ManagedPolicyArns: [`arn:aws:iam::aws:policy/${policy.managed}`] }); }
  return role(JSON.parse(fs.readFileSync(path.join(CORPORA, policy.file), 'utf-8')).Statement);
}

function findingsOn(real: RealPolicy, session: readonly unknown[]): Finding[] {
  return findingsIn(
    stackOf({ Role: roleWith(real), Pods: association(session) }, { ...US, region: real.region ?? US.region }),
  );
}

/** The rule, and the request that shows it. */
/** How messages name a request. */
const REQUESTS = [
  /allows(?: none of what the session policy allows, such as)? (\S+ on \S+?(?: \([^)]*\))?)(?:, (?:and|but) |: (?:no )?statement)/,
  /a request such as (\S+ on .*) gets AccessDenied, /,
];

function inShort({ rule, message }: Finding): string {
  const request = REQUESTS.map((pattern) => pattern.exec(message)?.[1]).find((found) => found !== undefined);
  return `\`${rule}\`${request === undefined ? '' : `: ${request}`}`;
}

test('there are real policies to check', () => {
  expect(CASES.length).toBeGreaterThan(20);
});

test.each(CASES)('$name: $narrows.words', (real) => {
  expect(findingsOn(real, real.narrows.statements)).toEqual([]);
});

test.each(CASES)('$name: $exceeds.words, reviewed in docs/verification.md', (real) => {
  const { exceeds: { words, statements, review }, narrows } = real;
  const found = findingsOn(real, statements).map(inShort);
  expect(found).not.toHaveLength(0);
  expect(fs.readFileSync(PAGE, 'utf-8').split('\n')).toContain(
    `| \`${nameOf(real)}\` | ${narrows.words} | ${words} | ${found.join('; ')} | ${review} |`,
  );
});

test('the page reviews no others', () => {
  const [, table] = fs.readFileSync(PAGE, 'utf-8').split('## Policies that others wrote');
  const reviewed = table.split('\n## ')[0].split('\n').flatMap((line) => /^\| `([^`]+)`/.exec(line)?.[1] ?? []);
  expect(reviewed).toEqual(REAL_POLICIES.map(nameOf));
});
