import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { checkStacks } from '../../../cli/check/check-stacks';
import { dependenciesOf } from '../../../cli/deployment/dependencies';
import { Families } from '../../../cli/deployment/families';
import { readStacks } from '../../../cli/templates/read-stacks';
import { findStacks } from '../../../cli/templates/sources';
import { StackSource } from '../../../cli/templates/stack-source';
import { runRules } from '../../../lib/rules/run-rules';
import { TemplateSet } from '../../../lib/template/template-set';
import { association, policy, role } from '../templates';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'families-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function sourcesOf(templates: { readonly [name: string]: object }, name: string): StackSource[] {
  const cwd = path.join(folder, name.replace(/\W/g, '-'));
  fs.mkdirSync(cwd);
  Object.entries(templates).forEach(
    ([file, template]) => fs.writeFileSync(path.join(cwd, `${file}.json`), JSON.stringify(template)),
  );
  return findStacks(
    Object.keys(templates).map((file) => `${file}.json`), { account: '111122223333', region: 'eu-west-1' }, cwd,
  ) as StackSource[];
}

const exported = (value: unknown, name: unknown) => ({ Value: value, Export: { Name: name } });
const arn = { 'Fn::GetAtt': ['Role', 'Arn'] };
const attaching = (type: string, properties: object) => ({
  Resources: {
    Attached: {
      Type: `AWS::IAM::${type}`,
      Properties: { PolicyName: 'more', PolicyDocument: policy('s3:PutObject'), ...properties },
    },
  },
});
const imported = (name: unknown) => ({ 'Fn::ImportValue': name });
const pods = (properties: object) => ({
  Resources: { Pods: association('s3:*', { ServiceAccount: 'pods', ...properties }) },
});
const named = (name: unknown) => role('s3:GetObject', { RoleName: name });
const ROLE_ARN = 'arn:aws:iam::111122223333:role/teams/shared';

/** Stacks, and which of them have to be looked at together with `a`. */
const CASES: ReadonlyArray<readonly [string, { readonly [name: string]: object }, string]> = [
  ['an import',
    {
      a: pods({ RoleArn: imported('role') }),
      b: { Resources: { Role: role('s3:GetObject') }, Outputs: { R: exported(arn, 'role') } },
    },
    'ab'],
  ['an import of an import', {
    a: pods({ RoleArn: imported('second') }),
    b: { Resources: {}, Outputs: { R: exported(imported('first'), 'second') } },
    c: { Resources: { Role: role('s3:GetObject') }, Outputs: { R: exported(arn, 'first') } },
  }, 'abc'],
  ['an export with a name that is put together', {
    a: pods({ RoleArn: imported({ 'Fn::Sub': '${AWS::Region}-role' }) }),
    b: {
      Resources: { Role: role('s3:GetObject') },
      Outputs: { R: exported(arn, { 'Fn::Join': ['-', [{ Ref: 'AWS::Region' }, 'role']] }) },
    },
  }, 'ab'],
  ['an import with one of two names', {
    a: {
      Parameters: { P: { Type: 'String' } },
      Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
      ...pods({ RoleArn: imported({ 'Fn::If': ['C', 'role', 'other'] }) }),
    },
    b: { Resources: { Role: role('s3:GetObject') }, Outputs: { R: exported(arn, 'role') } },
  }, 'ab'],
  ['a role with a literal ARN',
    {
      a: pods({ RoleArn: ROLE_ARN }),
      b: { Resources: { Role: role('s3:GetObject', { RoleName: 'shared', Path: '/teams/' }) } },
    },
    'ab'],
  ['a role with an ARN that is put together', {
    a: pods({ RoleArn: { 'Fn::Join': ['', ['arn:aws:iam::', { Ref: 'AWS::AccountId' }, ':role/', 'shared']] } }),
    b: { Resources: { Role: named('shared') } },
  }, 'ab'],
  ['a policy for an exported role', {
    a: {
      Resources: { Role: role('s3:GetObject'), Pods: association('s3:*') },
      Outputs: { R: exported({ Ref: 'Role' }, 'name') },
    },
    b: attaching('Policy', { Roles: [imported('name')] }),
  }, 'ab'],
  ['a policy for the exported role of another', {
    a: pods({ RoleArn: imported('arn') }),
    b: {
      Resources: { Role: role('s3:GetObject') },
      Outputs: { R: exported(arn, 'arn'), N: exported({ Ref: 'Role' }, 'name') },
    },
    c: attaching('RolePolicy', { RoleName: imported('name') }),
  }, 'abc'],
  ['a policy for a role by name',
    {
      a: { Resources: { Role: named('shared'), Pods: association('s3:*') } },
      b: attaching('ManagedPolicy', { Roles: ['shared'] }),
    },
    'ab'],
  ['a policy for an imported role by name',
    { a: pods({ RoleArn: ROLE_ARN }), b: attaching('Policy', { Roles: ['shared'] }) }, 'ab'],
  ['a policy for any role', {
    a: { Resources: { Role: named('shared'), Pods: association('s3:*') } },
    b: { Parameters: { P: { Type: 'String' } }, ...attaching('Policy', { Roles: [{ Ref: 'P' }] }) },
  }, 'ab'],
  ['a policy for a role whose name is a parameter', {
    a: { Parameters: { P: { Type: 'String' } }, Resources: { Role: named({ Ref: 'P' }), Pods: association('s3:*') } },
    b: attaching('Policy', { Roles: ['shared'] }),
  }, 'ab'],
  ['a managed policy by name', {
    a: {
      Resources: {
        Role: role('s3:GetObject', { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/more'] }),
        Pods: association('s3:*'),
      },
    },
    b: attaching('ManagedPolicy', { ManagedPolicyName: 'more' }),
  }, 'ab'],
  ['one service account', { a: pods({ RoleArn: ROLE_ARN }), b: pods({ RoleArn: ROLE_ARN }) }, 'ab'],
  ['one service account in an imported cluster', {
    a: pods({ RoleArn: ROLE_ARN, ClusterName: imported('cluster') }),
    b: pods({ RoleArn: ROLE_ARN }),
    c: { Resources: {}, Outputs: { C: exported('prod', 'cluster') } },
  }, 'abc'],
  ['one service account in two clusters',
    { a: pods({ RoleArn: { 'Fn::Sub': 'x' } }), b: pods({ RoleArn: { 'Fn::Sub': 'x' }, ClusterName: 'test' }) }, 'a'],
  ['another export',
    {
      a: pods({ RoleArn: imported('role') }),
      b: { Resources: { Role: role('s3:GetObject') }, Outputs: { R: exported(arn, 'other') } },
    },
    'a'],
  ['others that import the same', {
    a: pods({ RoleArn: imported('role') }),
    b: pods({ ServiceAccount: 'b', RoleArn: imported('role') }),
    c: { Resources: { Role: role('s3:GetObject') }, Outputs: { R: exported(arn, 'role') } },
  }, 'ac'],
  ['a policy for another role',
    {
      a: { Resources: { Role: named('shared'), Pods: association('s3:*') } },
      b: attaching('Policy', { Roles: ['other'] }),
    },
    'a'],
];

test.each(CASES)('looks together at %s', (name, templates, together) => {
  const names = sourcesOf(templates, `together ${name}`).map((source) => dependenciesOf(readStacks(source)));
  expect([...new Families(names).of(0)].map((i) => Object.keys(templates)[i]).sort().join('')).toBe(together);
});

test.each(CASES)('finds the same family by family as in one check: %s', (name, templates) => {
  const others = {
    other: {
      Resources: { Role: named('unrelated'), Pods: association('s3:*', { Namespace: 'unrelated' }) },
      Outputs: { R: exported(arn, 'unrelated') },
    },
  };
  const sources = sourcesOf({ ...templates, ...others }, `same ${name}`);
  const { associations } = checkStacks(sources, {}, 1);
  const found = associations.flatMap(
    ({ stack, findings }) => findings.map(({ rule, message, fix }) => ({ stack, rule, message, fix })),
  );
  const atOnce = runRules(new TemplateSet(sources.flatMap((source) => readStacks(source).map(({ stack }) => stack))));
  expect(found).toEqual(
    atOnce.map(({ association: { ref }, rule, message, fix }) => ({ stack: ref.stack.id, rule, message, fix })),
  );
  expect(found.length).toBeGreaterThan(0);
});
