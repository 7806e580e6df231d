/** What nobody should write in a template, and somebody will. */
import { stackOf } from './make-stack';
import { StackTemplate, Template } from '../../lib/template/template-set';
import { allow, arnOf, association, policy, role } from '../rules/app';

const READ = allow('s3:GetObject', 'arn:aws:s3:::data/a/*');
const DATA = allow('s3:Get*', 'arn:aws:s3:::data/*');
const ref = (name: string) => ({ Ref: name });

/** More levels than a reader of a template could go down by recursion. */
const DEEP = 10_000;
const MANY = 1_000;

/** As JSON has it: `__proto__` is a key like others. */
const json = (text: string): any => JSON.parse(text);

function nested(levels: number, wrap: (inner: unknown) => unknown, core: unknown): unknown {
  let value = core;
  for (let i = 0; i < levels; i++) { value = wrap(value); }
  return value;
}

function named<T>(count: number, make: (index: number) => T): { [name: string]: T } {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`X${i}`, make(i)]));
}

/** A sound stack but for what is given. */
function one(resources: object, sections: object = {}, more: Partial<StackTemplate> = {}): StackTemplate[] {
  return [stackOf(
    'Stack',
    { Resources: { Role: role([DATA]), Pods: association([READ]), ...resources }, ...sections } as unknown as Template,
    more,
  )];
}

const withPolicy = (Policy: unknown, sections = {}) => one({ Pods: association([READ], { Policy }) }, sections);
const withRoleArn = (RoleArn: unknown, sections = {}) => one({ Pods: association([READ], { RoleArn }) }, sections);
const withStatements = (statements: unknown, sections = {}) => one({
  Role: role([], { Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: statements } }] }),
}, sections);
const exported = (Name: unknown, Value: unknown) => ({ Value, Export: { Name } });
const imports = (name: unknown) => ({ 'Fn::ImportValue': name });
const equals = (left: unknown, right: unknown) => ({ 'Fn::Equals': [left, right] });
const chainOf = (count: number, make: (index: number) => StackTemplate) => Array.from(
  { length: count }, (_, i) => make(i),
);
const child = (id: string, parent: string, template: object) => stackOf(id, template as Template, {
  parent: { stackId: parent, logicalId: 'Nested' },
});
const nestedStack = (Parameters: object) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { Parameters } });

const arrays = (levels: number) => json('['.repeat(levels) + ']'.repeat(levels));
const objects = (levels: number) => json('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));
const joins = (levels: number) => nested(levels, (inner) => ({ 'Fn::Join': ['', ['a', inner]] }), 'x');
const ifs = (levels: number) => nested(levels, (inner) => ({ 'Fn::If': ['C', inner, 'y'] }), 'x');
const subs = (levels: number) => nested(levels, (inner) => ({ 'Fn::Sub': ['${A}', { A: inner }] }), 'x');
const C = { Parameters: { P: { Type: 'String' } }, Conditions: { C: equals(ref('P'), 'x') } };

type HostileCase = readonly [name: string, make: () => readonly StackTemplate[]];

/** Each is an app of its own. */
export const HOSTILE: readonly HostileCase[] = [
  // These import each other in a circle.
  ['an export that imports itself', () => withRoleArn(imports('a'), { Outputs: { A: exported('a', imports('a')) } })],
  ['two exports that import each other',
    () => withRoleArn(imports('a'), { Outputs: { A: exported('a', imports('b')), B: exported('b', imports('a')) } })],
  ['an export whose name imports itself',
    () => withRoleArn(
      imports('a'),
      { Outputs: { A: exported(imports('a'), 'x'), B: exported({ 'Fn::Sub': ['${X}', { X: imports('b') }] }, 'y') } },
    )],
  ['an export that is put together from itself',
    () => withRoleArn(
      imports('a'), { Outputs: { A: exported('a', { 'Fn::Join': ['', [imports('a'), imports('a')]] }) } },
    )],
  ['a role name that is its own name', () => one({ Role: role([DATA], { RoleName: ref('Role') }) })],
  ['two role names that are each other',
    () => one({ Role: role([DATA], { RoleName: ref('Other') }), Other: role([DATA], { RoleName: ref('Role') }) })],
  ['a managed policy name that is its own ARN',
    () => one({
      Managed: {
        Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: ref('Managed'), Roles: [ref('Managed')] },
      },
    })],
  ['conditions in a circle', () => withPolicy({ 'Fn::If': ['A', 'x', 'y'] }, {
    Conditions: {
      A: { Condition: 'B' },
      B: { 'Fn::Not': [{ Condition: 'A' }] },
      D: { 'Fn::And': [{ Condition: 'D' }, { Condition: 'D' }] },
    },
  })],
  ['a condition that branches on itself',
    () => withPolicy({ 'Fn::If': ['A', 'x', 'y'] }, { Conditions: { A: equals({ 'Fn::If': ['A', 'x', 'y'] }, 'x') } })],
  ['conditions that double', () => withPolicy({ 'Fn::If': ['X0', 'x', 'y'] }, {
    Conditions: named(60, (i) => ({ 'Fn::And': [{ Condition: `X${i + 1}` }, { Condition: `X${i + 1}` }] })),
  })],
  ['conditions that double, and ask', () => withPolicy({ 'Fn::If': ['X0', 'x', 'y'] }, {
    ...C, Conditions: { ...named(40, (i) => ({ 'Fn::Or': [{ Condition: `X${i + 1}` }, { Condition: `X${i + 1}` }] })), X40: { 'Fn::Odd': [] } },
  })],
  ['a stack that is its own parent', () => [child('Self', 'Self', {
    Parameters: { P: { Type: 'String' } },
    Resources: { Nested: nestedStack({ P: ref('P') }), Pods: association([READ], { RoleArn: ref('P') }) },
  })]],
  ['parents in a circle, with values that grow', () => ['A', 'B'].map((id, i) => child(id, 'BA'[i], {
    Parameters: { P: { Type: 'String' } },
    Resources: {
      Nested: nestedStack({ P: { 'Fn::Sub': '${P}${P}' } }), Pods: association([READ], { RoleArn: ref('P') }),
    },
  }))],
  ['outputs of a nested stack that are its own parameters', () => [
    stackOf('Top',
      {
        Resources: {
          Nested: nestedStack({ P: { 'Fn::GetAtt': ['Nested', 'Outputs.O'] } }),
          Pods: association([READ], { RoleArn: { 'Fn::GetAtt': ['Nested', 'Outputs.O'] } }),
        },
      }),
    child('Inner',
      'Top',
      { Parameters: { P: { Type: 'String' } }, Outputs: { O: { Value: { 'Fn::Join': ['', [ref('P'), ref('P')]] } } } }),
  ]],
  ['a stack output of itself', () => [stackOf('Stack', {
    Resources: {
      Pods: association([READ], { RoleArn: { 'Fn::GetStackOutput': { StackName: 's', OutputName: 'O' } } }),
    },
    Outputs: { O: { Value: { 'Fn::GetStackOutput': { StackName: 's', OutputName: 'O' } } } },
  }, { name: 's' })]],
  ['a stack output by the name that it has',
    () => withRoleArn({
      'Fn::GetStackOutput': { StackName: { 'Fn::GetStackOutput': {} }, OutputName: ref('OutputName') },
    })],
  ['a map that finds its keys in itself',
    () => withRoleArn({ 'Fn::FindInMap': ['M', { 'Fn::FindInMap': ['M', 'a', 'b'] }, 'b'] }, {
      Mappings: { M: { a: { b: { 'Fn::FindInMap': ['M', 'a', 'b'] } } } },
    })],
  // Long ways
  ['a chain of imports', () => [...one({ Pods: association([READ], { RoleArn: imports('e0') }) }),
    ...chainOf(500, (i) => stackOf(`S${i}`, { Outputs: { O: exported(`e${i}`, imports(`e${i + 1}`)) } }))]],
  ['a chain of imports that double', () => [...one({ Pods: association([READ], { RoleArn: imports('e0') }) }),
    ...chainOf(60, (i) => stackOf(`S${i}`, {
      Outputs: { O: exported(`e${i}`, { 'Fn::Sub': ['${A}${A}', { A: imports(`e${i + 1}`) }] }) },
    })),
    stackOf('Last', { Outputs: { O: exported('e60', 'x') } })]],
  ['a chain of imports that double behind conditions', () => [
    ...one({ Pods: association([READ], { RoleArn: imports('e0') }) }),
    ...chainOf(60, (i) => stackOf(`S${i}`, {
      ...C,
      Outputs: {
        O: exported(`e${i}`, {
          'Fn::If': ['C', imports(`e${i + 1}`), { 'Fn::Join': ['', [imports(`e${i + 1}`), 'x']] }],
        }),
      },
    })),
  ]],
  ['parents a hundred levels up',
    () => [stackOf('S0', { Resources: { Nested: nestedStack({ P: 'arn:aws:iam::111122223333:role/r' }) } }),
      ...chainOf(100, (i) => child(`S${i + 1}`, `S${i}`, {
        Parameters: { P: { Type: 'String' } },
        Resources: { Nested: nestedStack({ P: ref('P') }), Pods: association([READ], { RoleArn: ref('P') }) },
      }))]],
  ['lists that grow by Fn::Split',
    () => withRoleArn({
      'Fn::Select': [5, nested(200, (inner) => ({ 'Fn::Split': [',', { 'Fn::Join': [',,', inner] }] }), ['a', 'b'])],
    })],
  ['text that doubles', () => withRoleArn(nested(100, (inner) => ({ 'Fn::Sub': ['${A}${A}', { A: inner }] }), 'x'))],
  ['text that doubles as JSON', () => withPolicy(nested(40, (inner) => ({ 'Fn::ToJsonString': [inner, inner] }), 'x'))],
  // Deep down
  ...([
    ['arrays', arrays], ['objects', objects], ['Fn::Join', joins], ['Fn::If', ifs], ['Fn::Sub', subs],
  ] as const).flatMap(([what, make]) => [
    [`${what} of ${DEEP} levels as RoleArn`, () => withRoleArn(make(DEEP), C)],
    [`${what} of ${DEEP} levels as Policy`, () => withPolicy(make(DEEP), C)],
    [`${what} of ${DEEP} levels as a statement`, () => withStatements([make(DEEP)], C)],
    [`${what} of ${DEEP} levels as a resource`, () => withStatements([allow('s3:*', make(DEEP))], C)],
    [`${what} of ${DEEP} levels as all of the rest`, () => one({
      Role: role([], {
        RoleName: make(DEEP),
        Path: make(DEEP),
        ManagedPolicyArns: make(DEEP),
        PermissionsBoundary: make(DEEP),
        AssumeRolePolicyDocument: make(DEEP),
        Tags: make(DEEP),
      }),
      Pods: association([READ], {
        ClusterName: make(DEEP),
        Namespace: make(DEEP),
        ServiceAccount: make(DEEP),
        DisableSessionTags: make(DEEP),
        TargetRoleArn: make(DEEP),
      }),
      Attached: {
        Type: 'AWS::IAM::Policy', Properties: { Roles: make(DEEP), PolicyDocument: make(DEEP) }, Condition: make(DEEP),
      },
    }, {
      Parameters: make(DEEP),
      Conditions: { C: make(DEEP) },
      Mappings: { M: make(DEEP) },
      Transform: make(DEEP),
      Outputs: { O: exported(make(DEEP), make(DEEP)) },
    })],
  ] as Array<[string, () => StackTemplate[]]>),
  ['JSON text of 10,000 levels as Policy', () => withPolicy('['.repeat(DEEP) + ']'.repeat(DEEP))],
  ['a policy with objects of 10,000 levels in JSON text',
    () => withPolicy(`{"Version":"2012-10-17","Statement":${'{"Statement":'.repeat(DEEP)}1${'}'.repeat(DEEP)}}`)],
  ['Fn::ToJsonString of 10,000 levels', () => withPolicy({ 'Fn::ToJsonString': objects(DEEP) })],
  ['conditions of 10,000 levels',
    () => withPolicy(
      { 'Fn::If': ['C', 'x', 'y'] },
      { Conditions: { C: nested(DEEP, (inner) => ({ 'Fn::Not': [inner] }), equals('a', 'a')) } },
    )],
  ['an intrinsic with an argument of 10,000 levels', () => withRoleArn({ 'Fn::GetAtt': arrays(DEEP) })],
  ['a Ref of 10,000 levels', () => withRoleArn(nested(DEEP, (inner) => ({ Ref: inner }), 'Role'))],
  ['a map of 10,000 levels',
    () => withRoleArn({ 'Fn::FindInMap': ['M', 'a', 'a'] }, { Mappings: { M: objects(DEEP) } })],
  // Odd names and characters
  ['names of the prototype everywhere', () => {
    const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
    const all = (value: unknown) => `{${odd.map((name) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`;
    return [stackOf(
      '__proto__',
      json(JSON.stringify({
        Resources: 'RESOURCES', Parameters: 'TEXT', Mappings: 'TEXT', Outputs: 'OUTPUTS', Conditions: 'CONDITIONS',
      })
        .replace(
          '"RESOURCES"',
          `{"Role":${JSON.stringify(role([{ ...DATA, Condition: { constructor: { __proto__x: 'a' } } }]))},${odd.map((name) =>
            `${JSON.stringify(name)}:${JSON.stringify({ ...association([READ], { RoleArn: { 'Fn::GetAtt': [name, name] }, Namespace: ref(name), ServiceAccount: { 'Fn::FindInMap': [name, name, name] } }), Condition: name })}`)}}`,
        )
        .replaceAll('"TEXT"', all({ Type: 'String', constructor: 'x' }))
        .replace('"OUTPUTS"', all(exported('constructor', ref('__proto__'))))
        .replace('"CONDITIONS"', all(equals(ref('constructor'), 'x')))),
    )];
  }],
  ['a document with __proto__ and constructor',
    () => withStatements([
      json('{"__proto__":{"Effect":"Allow"},"constructor":{"prototype":{}},"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"__proto__":{"a":"b"},"constructor":{"toString":"x"}}}'),
    ])],
  ['a session policy with __proto__ in its text',
    () => withPolicy(
      '{"__proto__":{"Statement":[]},"Version":"2012-10-17","Statement":[{"__proto__":1,"Effect":"Allow","Action":"s3:Get*","Resource":"*","Condition":{"__proto__":{"__proto__":"x"}}}]}',
    )],
  ['a property __proto__',
    () => one({
      Pods: json(
        JSON.stringify(association([READ])).replace('"ClusterName"', '"__proto__":{"Policy":"x"},"ClusterName"'),
      ),
    })],
  ['types of the prototype',
    () => one(Object.fromEntries(['constructor', '__proto__', 'toString'].map((Type) => [Type, { Type }])), {
      Outputs: { O: exported({ 'Fn::GetAtt': ['constructor', 'constructor'] }, ref('toString')) },
    })],
  ['lone surrogates', () => one({
    'Role': role([allow('s3:\uD800', 'arn:aws:s3:::data/\uDC00*')], { RoleName: '\uD83D' }),
    'Pods': association(
      [allow('s3:Get*', 'arn:aws:s3:::\uD800/*')],
      { Namespace: '\uDFFF', ServiceAccount: '\uD800', ClusterName: '\uD83D', RoleArn: arnOf('Role') },
    ),
    '\uD800': { Type: '\uD800' },
  })],
  ['lone surrogates in raw JSON text',
    () => withPolicy(
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::\uD800*"}}',
    )],
  ['characters of marks, put together',
    () => withPolicy(
      { 'Fn::Join': ['', ['{"a":"\uE000', ref('P'), '\uE001"}']] }, { Parameters: { P: { Type: 'String' } } },
    )],
  ['control characters', () => withRoleArn('\u0000\u0007\n\u202E')],
  ['empty names',
    () => one({
      '': { Type: '', Properties: { '': '' } },
      'Pods': association([READ], { RoleArn: ref(''), Namespace: '', ServiceAccount: '', ClusterName: '', Policy: '' }),
    })],
];

/** Apps that are large. Each is made when its test asks for it. */
export const LARGE: readonly HostileCase[] = [
  ['a thousand conditions, all of them asked',
    () => withStatements(Array.from({ length: MANY }, (_, i) => ({ 'Fn::If': [`X${i}`, DATA, READ] })), {
      Parameters: named(MANY, () => ({ Type: 'String' })), Conditions: named(MANY, (i) => equals(ref(`X${i}`), 'x')),
    })],
  ['a thousand conditions of one parameter',
    () => withStatements(Array.from({ length: MANY }, (_, i) => ({ 'Fn::If': [`X${i}`, DATA, READ] })), {
      Parameters: { P: { Type: 'String' } }, Conditions: named(MANY, (i) => equals(ref('P'), `v${i}`)),
    })],
  ['a thousand conditions in one', () => withPolicy({ 'Fn::If': ['C', 'x', 'y'] }, {
    Parameters: named(MANY, () => ({ Type: 'String' })),
    Conditions: { C: { 'Fn::And': Array.from({ length: MANY }, (_, i) => equals(ref(`X${i}`), 'x')) } },
  })],
  ['a parameter with a thousand allowed values',
    () => withStatements([allow('s3:Get*', { 'Fn::Sub': 'arn:aws:s3:::${P}/*' }), { 'Fn::If': ['C', DATA, READ] }], {
      Parameters: { P: { Type: 'String', AllowedValues: Array.from({ length: MANY }, (_, i) => `bucket-${i}`) } },
      Conditions: { C: equals(ref('P'), 'bucket-7') },
    })],
  ['a map with a thousand keys, by a parameter',
    () => withStatements([allow('s3:Get*', { 'Fn::FindInMap': ['M', ref('P'), 'a'] })], {
      Parameters: { P: { Type: 'String' } }, Mappings: { M: named(MANY, () => ({ a: 'arn:aws:s3:::data/*' })) },
    })],
  ['a thousand exports of one name',
    () => withRoleArn(imports('a'), { Outputs: named(MANY, () => exported('a', arnOf('Role'))) })],
  ['a thousand outputs with names that are put together',
    () => withRoleArn(
      imports('a-77'), { Outputs: named(MANY, (i) => exported({ 'Fn::Sub': `a-${i}` }, arnOf('Role'))) },
    )],
  ['a thousand policies for one role', () => one(named(MANY, (i) => ({
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: `p${i}`,
      Roles: [ref('Role')],
      PolicyDocument: policy(allow('s3:GetObject', `arn:aws:s3:::data/${i}/*`)),
    },
  })))],
  ['a thousand policies for roles that are not known', () => one(named(MANY, (i) => ({
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: `p${i}`,
      Roles: [ref(`P${i}`)],
      PolicyDocument: policy(allow('s3:GetObject', `arn:aws:s3:::data/${i}/*`)),
    },
  })))],
  ['a thousand associations for one service account', () => one(named(MANY, () => association([READ])))],
  ['a thousand associations with conditions',
    () => one(named(MANY, (i) => ({ ...association([READ], { ServiceAccount: `sa${i}` }), Condition: `X${i % 40}` })), {
      Parameters: named(40, () => ({ Type: 'String' })), Conditions: named(40, (i) => equals(ref(`X${i}`), 'x')),
    })],
  ['a thousand associations by ARN, a thousand managed policies by ARN', () => one({
    ...Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [
      `M${i}`,
      { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: `m${i}`, PolicyDocument: policy(DATA) } },
    ])),
    ...Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`R${i}`, role(
      [], { RoleName: `r${i}`, ManagedPolicyArns: [{ 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:policy/m${i}` }] },
    )])),
    ...Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`A${i}`, association(
      [READ], { ServiceAccount: `a${i}`, RoleArn: { 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:role/r${i}` } },
    )])),
  })],
  // Large
  ['a template of 10 MB',
    () => one(named(10_000, (i) => ({
      Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x'.repeat(1000), Name: `p${i}` },
    })))],
  ['a session policy of 10 MB',
    () => withPolicy(JSON.stringify(policy(allow('s3:GetObject', `arn:aws:s3:::data/${'x'.repeat(10_000_000)}`))))],
  ['a session policy of 10 MB that is not JSON', () => withPolicy('{"'.repeat(5_000_000))],
  ['a session policy of 10 MB of marks', () => withPolicy('\uE000'.repeat(10_000_000))],
  ['a session policy with 20,000 resources',
    () => withPolicy(JSON.stringify(
      policy(allow('s3:GetObject', Array.from({ length: 20_000 }, (_, i) => `arn:aws:s3:::data/${i}/*`))),
    ))],
  ['a session policy with 5,000 statements',
    () => withPolicy(JSON.stringify(
      policy(...Array.from({ length: 5_000 }, (_, i) => allow('s3:GetObject', `arn:aws:s3:::data/${i}/*`))),
    ))],
  ['a session policy with 20,000 values by Fn::Sub',
    () => withPolicy({
      'Fn::Sub': JSON.stringify(
        policy(allow('s3:GetObject', Array.from({ length: 5_000 }, (_, i) => `arn:aws:s3:::\${P${i}}/*`))),
      ),
    })],
  ['a role with 20,000 resources',
    () => withStatements([
      allow('s3:GetObject', Array.from({ length: 20_000 }, (_, i) => `arn:aws:s3:::data/${i}/*`)),
    ])],
  ['a role with 5,000 statements',
    () => withStatements(Array.from({ length: 5_000 }, (_, i) => allow('s3:GetObject', `arn:aws:s3:::data/a/${i}/*`)))],
  ['a role with a resource of a million wildcards',
    () => withStatements([allow('s3:GetObject', `arn:aws:s3:::data/${'*a'.repeat(1_000_000)}`)])],
  ['Fn::Sub with a million openings', () => withRoleArn({ 'Fn::Sub': '${'.repeat(1_000_000) })],
  ['a million dynamic references that are not closed', () => withRoleArn('{{resolve:'.repeat(300_000))],
  ['a RoleArn with a million colons', () => withRoleArn(`arn${':'.repeat(1_000_000)}`)],
  ['a RoleArn with a million slashes', () => withRoleArn(`arn:aws:iam::111122223333:role${'/'.repeat(1_000_000)}`)],
  ['a trust policy with a condition of many wildcards', () => one({
    Role: role([allow('*', '*')]),
    Target: role([DATA], {
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { AWS: arnOf('Role') },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Condition: { StringLike: { 'aws:PrincipalArn': `${'*a'.repeat(30)}*b` } },
      }),
    }),
    Pods: association(
      [READ], { RoleArn: `arn:aws:iam::111122223333:role/${'a'.repeat(200)}`, TargetRoleArn: arnOf('Target') },
    ),
  })],
];

/** Values that are of no use anywhere. */
export const ODD_VALUES: readonly unknown[] = [
  null, true, false, 0, -1, 1e308, '', 'x', '*', [], {}, [null], [[]], [1, 'a', null], { a: null }, ref('Role'),
  ref('Missing'), ref('AWS::NoValue'), ref('AWS::Region'),
  { Ref: null }, { Ref: [] }, { Ref: { Ref: 'Role' } }, { 'Fn::GetAtt': null }, { 'Fn::GetAtt': [] },
  { 'Fn::GetAtt': 'Role' }, { 'Fn::GetAtt': [null, null] }, arnOf('Role'),
  { 'Fn::Sub': null }, { 'Fn::Sub': [] }, { 'Fn::Sub': '${' }, { 'Fn::Sub': '${}' }, { 'Fn::Sub': ['${A}', null] },
  { 'Fn::Sub': ['${A}', { A: null }] },
  { 'Fn::Join': null }, { 'Fn::Join': ['', null] }, { 'Fn::Join': [null, []] }, { 'Fn::Join': ['', [null, {}]] },
  { 'Fn::Split': [] }, { 'Fn::Split': ['', 'abc'] }, { 'Fn::Split': [',', null] },
  { 'Fn::Select': [] }, { 'Fn::Select': ['a', []] }, { 'Fn::Select': [-1, ['a']] }, { 'Fn::Select': [0.5, ['a']] },
  { 'Fn::If': [] }, { 'Fn::If': ['C', 'a'] }, { 'Fn::If': [null, {}, []] },
  { 'Fn::If': ['C', ref('AWS::NoValue'), 'x'] }, { 'Fn::FindInMap': [] }, { 'Fn::FindInMap': [null, null, null] },
  { 'Fn::ImportValue': null }, { 'Fn::ImportValue': {} },
  { 'Fn::GetStackOutput': null }, { 'Fn::GetStackOutput': [] }, { 'Fn::Transform': null }, { 'Fn::ToJsonString': null },
  { 'Fn::Cidr': [] }, { Condition: 'C' }, { Condition: null },
  { 'Fn::ValueOfStack': null }, { 'Fn::ValueOfStack': ['Stack', ref('Role')] }, '{{resolve:ssm:/a}}', '{{resolve:',
  '${aws:username}', '\uD800', '\uE0000\uE001', '__proto__', json('{"__proto__":{}}'),
];
