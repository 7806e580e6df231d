/**
 * Random pairs of a session policy and a role in the style of real organizations: the role allows some services and has the guards
 * of a landing zone or a data perimeter, and the session names less, or by mistake something else.
 */
import {
  ACCOUNT,
  APPS,
  Condition,
  ENVS,
  Group,
  Names,
  ORGANIZATION,
  OTHER_ACCOUNT,
  Style,
  STYLES,
} from './real-styles';
import { Dice } from '../../dice';
import { PolicyDocument, StatementDocument } from '../../oracle/evaluate';
import { Compared } from '../../oracle/readings';

export interface RealPair extends Compared {
  /** The ARN of the role. */
  readonly arn: string;
}

interface Setting {
  readonly dice: Dice;
  readonly partition: string;
  readonly regions: readonly string[];
  readonly styles: readonly Style[];
}

const REGIONS: { readonly [partition: string]: readonly string[] } = {
  'aws': ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-east-2'],
  'aws-us-gov': ['us-gov-west-1', 'us-gov-east-1'],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
};

const ROLES = [
  'payments-pods', 'payments-pods', 'payments-pods', 'apps/payments-pods', 'AWSControlTowerExecution', 'cdk-accel-pods',
];

export function makePair(dice: Dice): RealPair {
  const partition = dice.chance(94) ? 'aws' : dice.pick(['aws-us-gov', 'aws-cn']);
  const setting: Setting = {
    dice,
    partition,
    regions: REGIONS[partition],
    styles: dice.sample(STYLES, 1 + dice.below(2)),
  };
  const guards = Array.from({ length: dice.pick([0, 1, 1, 2, 2, 3]) }, () => guard(setting)).flat();
  const allows = setting.styles.flatMap((style) => roleAllows(style, setting));
  const role = [...allows, ...guards];
  const session = sessionOf(role, setting);
  const boundary = dice.chance(15) ? boundaryOf(setting) : undefined;
  return {
    session: document(dice.chance(15) ? [...session, ...guard(setting)] : session),
    identity: [document(role)],
    ...(boundary && { boundary: document(boundary) }),
    arn: `arn:${partition}:iam::${ACCOUNT}:role/${dice.pick(ROLES)}`,
  };
}

function document(statements: readonly StatementDocument[]): PolicyDocument {
  return JSON.parse(
    JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  ); // without elements that are undefined
}

function names({ dice, partition, regions }: Setting, wild: number): Names {
  return new Names(dice, partition, regions, wild);
}

// ---- The role ----

function roleAllows(style: Style, setting: Setting): StatementDocument[] {
  const { dice } = setting;
  const all = [`${style.service}:*`];
  const shape = dice.below(10);
  if (shape < 4) { return [allow(all, '*', someCondition(style, setting, 30))]; }
  if (shape < 5) { return [allow(all, names(setting, 70).arn(style.service, '*'), someCondition(style, setting, 20))]; }
  return Array.from({ length: 1 + dice.below(3) }, () => {
    const group = dice.pick(style.groups);
    return allow(
      dice.chance(40) ? all : actionsOf(style, group, dice), resources(group, setting, 60),
      someCondition(style, setting, 35),
    );
  });
}

function actionsOf(style: Style, group: Group, dice: Dice): string[] {
  const some = dice.chance(35) ? [dice.pick(group.patterns)] : dice.sample(group.actions, 1 + dice.below(4));
  return some.map((action) => `${style.service}:${action}`);
}

function resources(group: Group, setting: Setting, wild: number): string | string[] {
  const { dice } = setting;
  if (dice.chance(15)) { return '*'; }
  const from = names(setting, wild);
  const list = Array.from({ length: dice.pick([1, 1, 1, 2, 2, 3]) }, () => withVariable(group.arn(from), from, dice));
  return list.length === 1 ? list[0] : list;
}

function withVariable(arn: string, from: Names, dice: Dice): string {
  const end = arn.lastIndexOf(':') + 1;
  const [first] = APPS;
  return dice.chance(6) && arn.indexOf(first, end) > 0 ? arn.slice(0, end) + arn.slice(end).replace(
    first, from.variable(),
  ) : arn;
}

function boundaryOf(setting: Setting): StatementDocument[] {
  const { dice, styles } = setting;
  if (dice.chance(50)) { return [allow('*', '*'), ...guard(setting)]; }
  return [
    allow(
      styles.map(({ service }) => `${service}:*`),
      dice.chance(50) ? '*' : styles.map(({ service }) => names(setting, 80).arn(service, '*')),
    ),
    ...guard(setting),
  ];
}

// ---- Guards ----

function guard(setting: Setting): StatementDocument[] {
  const { dice, styles } = setting;
  const style = dice.pick(styles);
  const guards: ReadonlyArray<() => StatementDocument[]> = [
    () => [deny(everything(setting), dice.pick(regionGuards(setting)))],
    () => [{
      ...deny(everything(setting), dice.pick(ACCOUNT_GUARDS)),
      ...(dice.chance(25) && exceptResources(style, setting)),
    }],
    () => [deny(everything(setting), dice.pick(PRINCIPAL_GUARDS(setting.partition)))],
    () => [{
      Effect: 'Deny',
      Action: deniedActions(style, dice),
      Resource: namePatterns(style, setting),
      ...maybe(dice.chance(20) && exemption(setting)),
    }],
    () => [{ Effect: 'Deny', Action: deniedActions(style, dice), NotResource: namePatterns(style, setting) }],
    () => [deny({ Action: `${style.service}:*` }, tagGuard(style, dice))],
    () => [deny({ Action: deniedActions(style, dice) })],
    () => [deny(everything(setting), dice.pick(SESSION_GUARDS))],
    () => (style.conditions.length === 0 ? [] : [deny(
      { Action: dice.chance(60) ? `${style.service}:*` : deniedActions(style, dice) }, dice.pick(style.conditions)(dice),
    )]),
  ];
  return dice.pick(guards)();
}

function everything({ dice, styles }: Setting): Partial<StatementDocument> {
  if (dice.chance(40)) { return { Action: '*' }; }
  const except = [
    'iam:*', 'sts:*', 'kms:*', 's3:GetObject', 's3:Get*', 'ecr:*', 's3:ListAllMyBuckets', 'cloudfront:*',
    'dynamodb:Describe*', 'secretsmanager:GetSecretValue',
  ];
  const own = dice.pick(dice.pick(styles).groups);
  return {
    NotAction: [
      ...dice.sample(except, 2 + dice.below(3)),
      ...(dice.chance(30) ? [`${dice.pick(styles).service}:${dice.pick(own.actions)}`] : []),
    ],
  };
}

function exemption({ dice, partition }: Setting): Condition {
  return {
    [dice.pick(['ArnNotLike', 'ArnNotLike', 'StringNotLike', 'ArnNotEquals'])]: {
      [dice.pick(['aws:PrincipalARN', 'aws:PrincipalArn'])]: dice.pick([
        [`arn:${partition}:iam::*:role/AWSControlTowerExecution`], [
          `arn:${partition}:iam::*:role/cdk-accel-*`, 'arn:*:iam::*:role/AWS*',
        ],
        [`arn:${partition}:iam::${ACCOUNT}:role/*payments-pods`],
      ]),
    },
  };
}

function regionGuards(setting: Setting): Condition[] {
  const { regions, dice } = setting;
  const guards: Condition[] = [
    { StringNotEquals: { 'aws:RequestedRegion': regions.slice(0, 1) } },
    { StringNotEquals: { 'aws:RequestedRegion': regions.slice(0, 2) } },
    { StringNotEqualsIfExists: { 'aws:RequestedRegion': regions.slice(0, 2) } },
    { StringNotLike: { 'aws:RequestedRegion': [`${regions[0].slice(0, 3)}*`] } },
    { StringEquals: { 'aws:RequestedRegion': regions[1] } },
  ];
  return dice.chance(25) ? guards.map((each) => ({ ...each, ...exemption(setting) })) : guards;
}

const ACCOUNT_GUARDS: readonly Condition[] = [
  { StringNotEquals: { 'aws:ResourceAccount': ACCOUNT } },
  { StringNotEqualsIfExists: { 'aws:ResourceAccount': ACCOUNT } },
  { StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } },
  { StringNotEqualsIfExists: { 'aws:ResourceAccount': [ACCOUNT, OTHER_ACCOUNT] } },
  { StringNotEqualsIfExists: { 'aws:ResourceOrgID': ORGANIZATION } },
  { StringNotEquals: { 'aws:ResourceOrgID': ORGANIZATION } },
  { StringNotEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } },
  { StringNotEqualsIfExists: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } },
  { Null: { 'aws:ResourceAccount': 'true' } },
  { StringEquals: { 'aws:ResourceAccount': OTHER_ACCOUNT } },
];

const PRINCIPAL_GUARDS = (partition: string): readonly Condition[] => [
  { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION } },
  { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
  { StringNotEquals: { 'aws:PrincipalAccount': [ACCOUNT] } },
  { StringEquals: { 'aws:PrincipalAccount': OTHER_ACCOUNT } },
  {
    ArnNotLike: {
      'aws:PrincipalArn': [`arn:${partition}:iam::*:role/payments-*`, `arn:${partition}:iam::*:role/apps/*`],
    },
  },
  { StringLike: { 'aws:PrincipalArn': `arn:${partition}:iam::${ACCOUNT}:role/AWS*` } },
  { StringNotEquals: { 'aws:PrincipalTag/team': 'payments' } },
  { StringNotEquals: { 'aws:PrincipalType': 'AssumedRole' } },
];

const SESSION_GUARDS: readonly Condition[] = [
  { Bool: { 'aws:SecureTransport': 'false' } },
  { BoolIfExists: { 'aws:SecureTransport': 'false' } },
  { Bool: { 'aws:SecureTransport': 'true' } },
  { DateLessThan: { 'aws:TokenIssueTime': '2024-05-01T12:00:00Z' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
  { BoolIfExists: { 'aws:ViaAWSService': 'false' }, NotIpAddressIfExists: { 'aws:SourceIp': ['203.0.113.0/24'] } },
  {
    StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-0a1b2c3d4e5f67890' },
    BoolIfExists: { 'aws:ViaAWSService': 'false' },
  },
  { StringNotEquals: { 'aws:SourceVpce': ['vpce-0a1b2c3d4e5f67890'] } },
  { Null: { 'aws:username': 'false' } },
  { StringNotLike: { 'aws:userid': 'AROAEXAMPLE:*' } },
];

function tagGuard(style: Style, dice: Dice): Condition {
  const key = tagKeyOf(style, dice);
  return dice.pick<Condition>([
    { StringNotEquals: { [key]: 'payments' } },
    { StringNotEqualsIfExists: { [key]: 'payments' } },
    { StringNotEquals: { [key]: '${aws:PrincipalTag/team}' } },
    { StringEquals: { [key]: 'orders' } },
    { StringEquals: { [key]: ['orders', 'billing'] } },
    { StringLike: { [key]: '*' } },
    { Null: { [key]: 'true' } },
    { Null: { 'aws:RequestTag/team': 'true' } },
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team', 'owner'] } },
    { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['team'] } },
  ]);
}

function tagKeyOf({ tagKey }: Style, dice: Dice): string {
  return `${tagKey !== undefined && dice.chance(50) ? tagKey : 'aws:ResourceTag'}/team`;
}

function deniedActions(style: Style, dice: Dice): string[] {
  const group = dice.pick(style.groups);
  const some = dice.pick([
    [dice.pick(style.denied)], dice.sample(style.denied, 2), [dice.pick(group.patterns)], ['*'],
    dice.sample(group.actions, 2),
  ]);
  return some.map((action) => `${style.service}:${action}`);
}

function namePatterns(style: Style, setting: Setting): string[] {
  const { dice } = setting;
  const [app, env] = [dice.pick(APPS), dice.pick(ENVS)];
  return Array.from({ length: 1 + dice.below(2) }, () => {
    const arn = dice.pick(style.groups).arn(names(setting, 60));
    if (arn === '*') { return arn; }
    const fields = arn.split(':');
    // Guards are written for all Regions and accounts.
    const header = fields.slice(0, 5).map((field, i) => (i > 2 && field !== '' && dice.chance(80) ? '*' : field));
    const rest = fields.slice(5).join(':');
    return [
      ...header, dice.chance(30) ? rest.replace(/^([a-z-]+[/:])?.*/s, `$1*${dice.pick([app, env])}*`) : rest,
    ].join(':');
  });
}

function exceptResources(style: Style, setting: Setting): Partial<StatementDocument> {
  return { Resource: undefined, NotResource: namePatterns(style, setting) };
}

// ---- Conditions of allows ----

function someCondition(style: Style, setting: Setting, percent: number): Condition | undefined {
  const { dice } = setting;
  return dice.chance(percent) ? condition(style, setting) : undefined;
}

function condition(style: Style, { dice, regions }: Setting): Condition {
  const tag = tagKeyOf(style, dice);
  const general: readonly Condition[] = [
    { StringEquals: { 'aws:RequestedRegion': regions[0] } },
    { StringEquals: { 'aws:RequestedRegion': regions.slice(0, 2) } },
    { StringLike: { 'aws:RequestedRegion': `${regions[0].slice(0, 3)}*` } },
    { StringEquals: { 'aws:ResourceAccount': ACCOUNT } },
    { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } },
    { StringEqualsIfExists: { 'aws:ResourceAccount': ACCOUNT } },
    { StringEquals: { 'aws:ResourceOrgID': ORGANIZATION } },
    { StringEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } },
    { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } },
    { StringEquals: { [tag]: 'payments' } },
    { StringEquals: { [tag]: ['payments', 'orders'] } },
    { StringEquals: { [tag]: '${aws:PrincipalTag/team}' } },
    { StringEqualsIfExists: { [tag]: 'payments' } },
    { StringNotEquals: { [tag]: 'orders' } },
    { Bool: { 'aws:SecureTransport': 'true' } },
    { BoolIfExists: { 'aws:SecureTransport': 'true' } },
    { StringEquals: { 'aws:PrincipalTag/team': 'payments' } },
    { IpAddress: { 'aws:SourceIp': '203.0.113.0/25' } },
    { StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d4e5f67890' } },
    { ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/*' } },
    { DateGreaterThan: { 'aws:TokenIssueTime': '2024-05-01T12:00:00Z' } },
    { Bool: { 'aws:ViaAWSService': 'false' } },
    { StringEquals: { 'aws:RequestTag/team': 'payments' } },
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'env'] } },
  ];
  return style.conditions.length > 0 && dice.chance(45) ? dice.pick(style.conditions)(dice) : dice.pick(general);
}

// ---- The session ----

function sessionOf(role: readonly StatementDocument[], setting: Setting): StatementDocument[] {
  const { dice, styles } = setting;
  const allows = role.filter(({ Effect }) => Effect === 'Allow');
  return Array.from({ length: dice.pick([1, 1, 2, 3]) }, () => {
    const style = dice.pick(styles);
    const group = dice.pick(style.groups);
    const near = dice.pick(allows);
    const own = dice.chance(80);
    const Resource = own && dice.chance(40) && near.Resource !== undefined && belongsTo(near, style)
      ? narrowed(dice.pick([near.Resource].flat()), setting)
      : resources(group, setting, 35);
    const made = allow(actionsOf(style, group, dice), Resource, sessionCondition(role, style, setting));
    return dice.chance(12) ? sabotaged(made, setting) : made;
  });
}

function belongsTo({ Action }: StatementDocument, { service }: Style): boolean {
  return [Action ?? []].flat().every((action) => action.startsWith(`${service}:`));
}

/** A pattern of the role, some of its wildcards replaced. */
function narrowed(pattern: string, { dice, regions }: Setting): string {
  if (pattern === '*') { return pattern; }
  return pattern.split(':').map((field, i) => field.replace(/\*|\?|\$\{[^}]*\}/g, (wildcard) => {
    if (dice.chance(40)) { return wildcard; }
    if (i === 1) { return 'aws'; }
    if (i === 3) { return field === '*' ? regions[0] : wildcard; }
    if (i === 4) { return ACCOUNT; }
    if (wildcard === '?') { return dice.pick(['a', 'x', '1']); }
    return dice.pick([dice.pick(APPS), dice.pick(ENVS), `${dice.pick(APPS)}*`, 'x', '']);
  })).join(':');
}

/** The conditions of the role again, more often than not turned from what is denied to what is allowed. */
function sessionCondition(role: readonly StatementDocument[], style: Style, setting: Setting): Condition | undefined {
  const { dice } = setting;
  const chosen = dice.below(10);
  if (chosen < 4) { return undefined; }
  if (chosen < 6) { return condition(style, setting); }
  const conditions = role.filter(({ Condition: of }) => of !== undefined);
  if (conditions.length === 0) { return undefined; }
  const all = dice.sample(conditions, dice.pick([1, 1, 2])).map(
    ({ Effect, Condition: of }) => (Effect === 'Deny' ? opposite(of!, dice) : of!),
  );
  return all.reduce<Condition>((merged, one) => Object.entries(one).reduce(
    (into, [operator, keys]) => ({ ...into, [operator]: { ...into[operator], ...keys } }), merged), {});
}

const OPPOSITES: ReadonlyArray<readonly [RegExp, string]> = [
  [/NotEquals/, 'Equals'], [/NotLike/, 'Like'], [/NotIpAddress/, 'IpAddress'], [/LessThan$/, 'GreaterThanEquals'],
  [/^(ForA\w+:)?(String|Arn)(Equals|Like)/, '$1$2Not$3'],
];

function opposite(of: Condition, dice: Dice): Condition {
  return Object.fromEntries(Object.entries(of).map(([operator, keys]) => {
    if (operator === 'Null' || operator.startsWith('Bool')) {
      const ifExists = operator === 'BoolIfExists' && dice.chance(50) ? 'Bool' : operator;
      return [
        ifExists,
        Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, value === 'true' ? 'false' : 'true'])),
      ];
    }
    const [from, to] = OPPOSITES.find(([pattern]) => pattern.test(operator)) ?? [/^/, ''];
    const turned = operator.replace(from, to);
    return [dice.chance(40) ? turned.replace('IfExists', '') : turned, keys];
  }));
}

function sabotaged(statement: StatementDocument, { dice, partition }: Setting): StatementDocument {
  const arns = [statement.Resource ?? '*'].flat();
  const change = (i: number, to: string) => arns.map(
    (arn) => (arn === '*' ? arn : arn.split(':').map((f, at) => (at === i ? to : f)).join(':')),
  );
  return dice.pick<StatementDocument>([
    { ...statement, Condition: undefined },
    { ...statement, Resource: '*' },
    { ...statement, Resource: arns.map((arn) => (arn === '*' ? arn : `${arn}*`)) },
    { ...statement, Resource: change(4, OTHER_ACCOUNT) },
    { ...statement, Resource: change(3, '*') },
    { ...statement, Resource: change(1, partition === 'aws' ? 'aws-cn' : 'aws') },
    { ...statement, Action: [statement.Action ?? '*'].flat().map((action) => `${action.split(':')[0]}:*`) },
    { ...statement, Action: '*' },
    { ...statement, Action: undefined, NotAction: ['iam:*', 'sts:*'] },
    { ...statement, Resource: undefined, NotResource: arns },
  ]);
}

// ---- Statements ----

function allow(
  Action: string | readonly string[], Resource: string | readonly string[], of?: Condition,
): StatementDocument {
  return { Effect: 'Allow', Action, Resource, ...maybe(of) };
}

function deny(targets: Partial<StatementDocument>, of?: Condition): StatementDocument {
  return { Effect: 'Deny', ...targets, Resource: '*', ...maybe(of) };
}

function maybe(of: Condition | false | undefined): Partial<StatementDocument> {
  return of ? { Condition: of } : {};
}
