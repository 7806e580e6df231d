import { findingsUnder, podsOf } from './organization';
import { EXAMPLES, Expected } from './scp-examples';
import { Finding } from '../../lib/analysis/finding';

const FINDINGS: { readonly [expected in Expected]: readonly string[] } = {
  'nothing': [],
  'limited': ['warning GuardrailLimitsSessionPolicy'],
  'dead': ['error DeniedByOrganizationPolicy'],
  'dead, perhaps': ['warning DeniedByOrganizationPolicy'],
  'all dead': ['error NoEffectivePermissions'],
};

/** The rules that depend on the organization. */
const RULES = [
  'DeniedByOrganizationPolicy', 'GuardrailLimitsSessionPolicy', 'NoEffectivePermissions', 'NarrowingUndetermined',
  'SessionPolicyExceedsRole',
];

test.each(EXAMPLES.map((example) => [`${example.what} (${example.page}): ${example.expected}`, example] as const))(
  'denied: %s', (_what, { organization, session, expected, roleName, says = '' }) => {
    const severities = new Map([['GuardrailLimitsSessionPolicy', 'warning'] as const]);
    const found = findingsUnder(organization, podsOf(session, undefined, roleName), { severities })
      .filter(({ rule }) => RULES.includes(rule));
    // Other statements of a session policy may also be limited.
    const isWorse = ({ rule }: Finding) => !expected.startsWith('dead') || rule !== 'GuardrailLimitsSessionPolicy';
    const worst = found.filter(isWorse);
    expect([...new Set(worst.map(({ rule, severity }) => `${severity} ${rule}`))]).toEqual(FINDINGS[expected]);
    expect(worst.map(({ message, fix }) => `${message} ${fix}`).join('\n')).toContain(says);
  },
);

test('the table is as large as promised', () => {
  expect(EXAMPLES.length).toBeGreaterThanOrEqual(25);
});
