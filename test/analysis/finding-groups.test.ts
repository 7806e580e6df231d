import { Finding } from '../../lib/analysis/finding';
import { causeOf, groupByCause } from '../../lib/analysis/finding-groups';
import { DEFAULT_SETTINGS } from '../../lib/analysis/settings';
import { runRules } from '../../lib/rules/run-rules';
import { ASSOCIATION_TYPE } from '../../lib/template/relevant-types';
import { StackTemplate, TemplateResource, TemplateSet } from '../../lib/template/template-set';
import { AppCase } from '../end-to-end/app-case';
import { TABLES } from '../end-to-end/tables';
import { allow, association, findingsIn, role, stackOf } from '../rules/app';

const APPS = Object.values(TABLES).flat();
const grouped = (findings: readonly Finding[]) => groupByCause(findings, causeOf);

/** The stack with a copy of each association, for another service account. */
function withCopies(stack: StackTemplate): StackTemplate {
  const resources = Object.entries(stack.template.Resources ?? {}).flatMap(
    ([id, one]): Array<[string, TemplateResource]> => {
      const { Type, Properties } = one;
      if (Type !== ASSOCIATION_TYPE || typeof Properties?.ServiceAccount !== 'string') { return [[id, one]]; }
      const copy = { ...one, Properties: { ...Properties, ServiceAccount: `${Properties.ServiceAccount}-copy` } };
      return [[id, one], [`${id}Copy`, copy]];
    });
  return { ...stack, template: { ...stack.template, Resources: Object.fromEntries(resources) } };
}

/** The text, as it is for the association that was copied. */
const ofOriginal = (text: string, { path, serviceAccount }: Finding['association']) => text
  .split(path).join(path.replace(/Copy$/, ''))
  .split(`service account '${serviceAccount}'`).join(`service account '${String(serviceAccount).replace(/-copy$/, '')}'`);
const textOf = ({ rule, message, fix, association: own }: Finding) => `${rule}: ${ofOriginal(`${message} ${fix}`, own)}`;
const isCopy = ({ association: own }: Finding) => own.path.endsWith('Copy');

describe('an association and its copy for another service account', () => {
  const withCopiesIn = ({ stacks, declarations, organization }: AppCase) => (
    runRules(
      new TemplateSet(stacks.map(withCopies)), { declarations, settings: { ...DEFAULT_SETTINGS, organization } },
    ));

  test.each(APPS.map((one) => [one.name, one] as const))('have each finding in common: %s', (_name, app) => {
    const findings = withCopiesIn(app);
    const groups = grouped(findings);
    // What is printed of a group is true of each of its findings.
    groups.forEach((group) => expect(new Set(group.map(textOf)).size).toBe(1));
    // Each finding on a copy with the text of a finding on the original is in one group with it.
    const originals = new Set(findings.filter((one) => !isCopy(one)).map(textOf));
    const alone = groups.filter((group) => group.every(isCopy) && originals.has(textOf(group[0])));
    expect(alone.map((group) => textOf(group[0]))).toEqual([]);
    expect(groups.flat()).toHaveLength(findings.length);
  });

  test('are one finding of every rule that says the same of both', () => {
    const groups = APPS.flatMap((app) => grouped(withCopiesIn(app))).filter((group) => group.length > 1);
    const rules = new Set(groups.map(([{ rule }]) => rule));
    const fired = new Set(APPS.flatMap(({ expected }) => expected.map(([rule]) => rule)));
    // A pair of associations, rules that are off, a finding once for each policy, and a fix with the external id of one service account.
    expect([...fired].filter((rule) => !rules.has(rule)).sort())
      .toEqual([
        'DuplicateAgent', 'DuplicateAssociation', 'GuardrailLimitsSessionPolicy', 'ResourcePolicyHasNoEffect',
        'RoleUsableByAnyAssociation', 'TargetRoleTrustPolicy',
        'TemplateNotExamined', // of templates, not of associations, as are two agents of a cluster
      ]);
  });
});

describe('groups', () => {
  const beyond = [allow('s3:PutObject', 'arn:aws:s3:::data/*'), allow('s3:GetObject', 'arn:aws:s3:::data/*')];
  const app = (more: Parameters<typeof stackOf>[0]) => findingsIn(stackOf({
    Role: role([allow('s3:GetObject', 'arn:aws:s3:::data/*')]),
    Pods: association(beyond, { ServiceAccount: 'a' }),
    ...more,
  }));
  const sizesOf = (findings: readonly Finding[]) => grouped(findings).map((group) => group.length);

  test.each<[string, Parameters<typeof stackOf>[0], number[]]>([
    ['another namespace and service account',
      { Other: association(beyond, { ServiceAccount: 'b', Namespace: 'b' }) }, [2]],
    ['a path that begins with the path of the first',
      { Pods2: association(beyond, { ServiceAccount: 'b' }) }, [2]],
    ['another session policy', { Other: association([beyond[1], beyond[0]], { ServiceAccount: 'b' }) }, [1, 1]],
    ['another role with the same policies', {
      Twin: role([allow('s3:GetObject', 'arn:aws:s3:::data/*')]),
      Other: association(beyond, { ServiceAccount: 'b', RoleArn: { 'Fn::GetAtt': ['Twin', 'Arn'] } }),
    }, [1, 1]],
  ])('%s', (_name, more, sizes) => expect(sizesOf(app(more))).toEqual(sizes));

  test('join a target role that is too large for associations with different roles', () => {
    const statement = { Effect: 'Allow', Action: 'sts:*', Principal: '*', Sid: 'x'.repeat(3000) };
    const trust = { Version: '2012-10-17', Statement: statement };
    const pods = (name: string, TargetRoleArn: unknown) => (
      association(undefined, { ServiceAccount: name, RoleArn: { 'Fn::GetAtt': [name, 'Arn'] }, TargetRoleArn }));
    const large = role([], { AssumeRolePolicyDocument: trust });
    const target = { 'Fn::GetAtt': ['Target', 'Arn'] };
    const findings = findingsIn(stackOf({
      A: role([]),
      B: role([]),
      C: large,
      Target: large,
      PodsA: pods('A', target),
      PodsB: pods('B', target),
      PodsC: pods('C', target),
    })).filter(({ rule }) => rule === 'RoleTooLarge');
    expect(grouped(findings).map((group) => group.map(({ association: own, property }) => `${own.path} ${property}`))).toEqual([
      ['Stack/PodsA TargetRoleArn', 'Stack/PodsB TargetRoleArn', 'Stack/PodsC TargetRoleArn'], ['Stack/PodsC RoleArn'],
    ]);
  });

  test('never join the roles of two templates, though both are called Role', () => {
    const stack = (id: string) => stackOf(
      {
        Role: role([allow('s3:GetObject', 'arn:aws:s3:::data/*')]),
        [`${id}Pods`]: association(beyond, { ServiceAccount: id }),
      },
      { id, file: `${id}.yaml`, pathOf: (logicalId) => logicalId },
    );
    expect(sizesOf(findingsIn(stack('one'), stack('two')))).toEqual([1, 1]);
  });

  test('leave what has no cause alone', () => {
    const causeOfA = (one: string) => (one === 'a' ? one : undefined);
    expect(groupByCause(['a', 'b', 'a', 'c'], causeOfA)).toEqual([['a', 'a'], ['b'], ['c']]);
  });
});
