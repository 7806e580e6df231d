import { allow, arnOf, association, deny, findingsIn, findingsOf, policy, role, stackOf } from './app';
import { runRules } from '../../lib/rules/run-rules';
import { TemplateSet } from '../../lib/template/template-set';
import { WRITTEN_POLICY_KEY } from '../../lib/template/written-policy-key';

const DATA = 'arn:aws:s3:::data/*';
const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders';
const READ = allow(['s3:GetObject', 's3:GetObjectVersion'], DATA);
const BATCH = allow(['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'], TABLE);

/** An association with this session policy, and with this one as the written one. */
function compacted(deployed: readonly unknown[], written: unknown, mode: unknown = 'ROLE', properties = {}) {
  return {
    ...association(deployed, properties),
    Metadata: {
      [WRITTEN_POLICY_KEY]: {
        Compaction: mode,
        Document: written,
      },
    },
  };
}

const app = (allowed: readonly unknown[], deployed: readonly unknown[], written: readonly unknown[], more = {}) =>
  stackOf({
    Role: role(allowed), Pods: compacted(deployed, policy(...written)), ...more,
  });
const rulesOf = (...stacks: Parameters<typeof findingsIn>) => findingsIn(...stacks).map(({ rule, code }) =>
  `${rule} ${code}`);

describe('reports nothing for a compacted policy with the same effect', () => {
  test.each<[string, readonly unknown[], readonly unknown[], readonly unknown[]]>([
    ['the same statements', [READ], [READ], [READ]],
    ['other statements that allow the same', [READ], [READ], [allow('s3:GetObject', DATA), allow('s3:GetObjectVersion',
      DATA)]],
    ['a wildcard that matches nothing else that the role has', [READ], [allow('s3:*', DATA)], [READ]],
    ['a wildcard for resources', [READ], [allow('s3:Get*', '*')], [READ]],
    ['a wildcard that matches nothing else that AWS has', [allow('dynamodb:*', '*')], [allow('dynamodb:Batch*',
      TABLE)], [BATCH]],
    ['what the role denies', [allow('s3:*', '*'), deny('s3:Put*', '*')], [allow(['s3:GetObject', 's3:Put*'], DATA)],
      [allow('s3:GetObject', DATA)]],
    ['Deny statements', [allow('s3:*', '*')], [allow('s3:Get*', DATA), deny('s3:GetObjectAcl', '*')],
      [allow('s3:Get*', DATA), deny('s3:GetObjectAcl', DATA)]],
    ['a condition of the role', [allow('s3:GetObject', DATA, { Bool: { 'aws:SecureTransport': 'true' } })],
      [allow('s3:*', DATA)], [allow('s3:GetObject', DATA)]],
    ['what no statement of the role allows', [READ], [READ], [READ, allow('sqs:SendMessage', '*')]],
  ])('%s', (_, allowed, deployed, written) => {
    expect(findingsOf('CompactedPolicyDiffers', app(allowed, deployed, written))).toEqual([]);
  });

  test('whose written policy has references, as the deployed text has', () => {
    const text = {
      'Fn::Join': ['', ['{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":["',
        arnOf('Bucket'), '","', arnOf('Bucket'), '/*"]}}']],
    };
    const both = [arnOf('Bucket'), { 'Fn::Join': ['', [arnOf('Bucket'), '/*']] }];
    const one = stackOf({
      Bucket: { Type: 'AWS::S3::Bucket' },
      Role: role([allow(['s3:GetObject', 's3:ListBucket'], both)]),
      Pods: compacted([], policy(allow(['s3:GetObject', 's3:ListBucket'], both)), 'ROLE', { Policy: text }),
    });
    expect(findingsOf('CompactedPolicyDiffers', one)).toEqual([]);
  });

  test('in a catalog that grows only when the reference data does, of a role that nothing is known of', () => {
    const one = stackOf({
      Pods: compacted([allow('dynamodb:Batch*', TABLE)], policy(BATCH), 'CATALOG',
        { RoleArn: 'arn:aws:iam::111122223333:role/Elsewhere' }),
    });
    expect(findingsOf('CompactedPolicyDiffers', one)).toEqual([]);
  });
});

describe('reports a compacted policy', () => {
  test('that gives the pods more since the role has grown, with a request', () => {
    const grown = app([READ, allow('s3:PutObject', DATA)], [allow('s3:*', DATA)], [READ]);
    const [{ code, severity, message, fix, property }] = findingsOf('CompactedPolicyDiffers', grown);
    expect({ code, severity, property }).toEqual({ code: 'AllowsMore', severity: 'error', property: 'Policy' });
    expect(message).toContain('Stack/Pods does not give the pods the same permissions as the written one: '
      + 'the compacted policy allows s3:PutObject on arn:aws:s3:::data/');
    expect(message).toContain('The role Stack/Role allows it, too');
    expect(fix).toContain('Compaction.CATALOG');
  });

  test('whose role an attached policy has made larger', () => {
    const attached = {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'More',
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: policy(allow('s3:DeleteObject', DATA)),
      },
    };
    expect(findingsOf('CompactedPolicyDiffers', app([READ], [allow('s3:*', DATA)], [READ], { More: attached })))
      .toMatchObject([{ code: 'AllowsMore' }]);
  });

  test('whose role a resource policy allows more', () => {
    const bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } };
    const ofBucket = {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: { Ref: 'Bucket' },
        PolicyDocument: policy({
          ...allow('s3:PutObject', DATA),
          Principal: { AWS: arnOf('Role') },
        }),
      },
    };
    expect(findingsOf('CompactedPolicyDiffers', app([READ], [allow('s3:*', DATA)], [READ], {
      Bucket: bucket,
      Policy: ofBucket,
    })))
      .toMatchObject([{ code: 'AllowsMore', message: expect.stringContaining('s3:PutObject') }]);
  });

  test('that gives the pods less', () => {
    const [{ code, message }] = findingsOf('CompactedPolicyDiffers', app([READ], [allow('s3:GetObject', DATA)],
      [READ]));
    expect(code).toBe('AllowsLess');
    expect(message).toContain('the written policy allows s3:GetObjectVersion on arn:aws:s3:::data/');
    expect(message).toContain('the pods are denied what was written: AccessDenied');
  });

  test('that matches an action which the reference data has and which was not written', () => {
    const one = stackOf({
      Role: role([allow('dynamodb:*', '*')]),
      Pods: compacted([allow('dynamodb:B*', TABLE)],
        policy(allow('dynamodb:BatchGetItem', TABLE)), 'CATALOG'),
    });
    expect(findingsOf('CompactedPolicyDiffers', one)).toMatchObject([{
      code: 'AllowsMore',
      message: expect.stringContaining('dynamodb:BatchWriteItem'),
    }]);
  });

  test('in a role that is not known: it fails closed', () => {
    const one = stackOf({
      Pods: compacted([allow('s3:*', DATA)], policy(READ), 'ROLE',
        { RoleArn: 'arn:aws:iam::111122223333:role/Elsewhere' }),
    });
    const [{ code, message }] = findingsOf('CompactedPolicyDiffers', one);
    expect(code).toBe('AllowsMore');
    expect(message).toContain('may allow it: the check does not completely know what it allows');
  });

  test('that cannot be read', () => {
    const unread = { Ref: 'Text' };
    const one = stackOf({ Role: role([READ]), Pods: compacted([], policy(READ), 'ROLE', { Policy: unread }) });
    expect(findingsOf('CompactedPolicyDiffers', one)).toMatchObject([{
      code: 'Undetermined', fix: expect.stringMatching(/^Set compaction to Compaction\.NONE/),
    }]);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'none'],
    ['a policy that EKS would reject', policy({ ...READ, Principal: '*' })],
    ['a value of which nothing is known', { 'Fn::Transform': { Name: 'Macro' } }],
  ])('whose metadata has %s', (_, document) => {
    const one = stackOf({ Role: role([READ]), Pods: compacted([READ], document) });
    expect(findingsOf('CompactedPolicyDiffers', one)).toMatchObject([{
      code: 'UnreadableMetadata',
      severity: 'error',
    }]);
  });

  test('in the only case of the conditions in which it differs', () => {
    const attached = {
      Type: 'AWS::IAM::Policy',
      Condition: 'IsProd',
      Properties: {
        PolicyName: 'More',
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: policy(allow('s3:DeleteObject',
          DATA)),
      },
    };
    const one = app([READ], [allow('s3:*', DATA)], [READ], { More: attached });
    const conditional = {
      ...one,
      template: {
        ...one.template,
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
      },
    };
    expect(findingsOf('CompactedPolicyDiffers', conditional))
      .toMatchObject([{ message: expect.stringContaining("This applies if ${Stage} is 'prod'.") }]);
  });

  test('in the words of a template', () => {
    const one = app([READ, allow('s3:PutObject', DATA)], [allow('s3:*', DATA)], [READ]);
    const [{ fix }] = runRules(new TemplateSet([one]), {
      settings: {
        strict: false,
        severities: new Map(),
        distinctResources: true,
        reader: 'templates',
      } as any,
    })
      .filter(({ rule }) => rule === 'CompactedPolicyDiffers');
    expect(fix).toMatch(/^Synthesize the template again/);
  });
});

describe('the other rules', () => {
  test('examine what was written: a wildcard does not exceed the role, nor is it without effect', () => {
    expect(rulesOf(app([READ, allow('sqs:*', '*')], [allow('s3:*', DATA)], [READ]))).toEqual([]);
  });

  test('name the written statement', () => {
    const [{ message }] = findingsOf('SessionPolicyExceedsRole', app([READ], [allow('s3:*', DATA)],
      [allow('s3:GetObject', DATA), allow(['s3:GetObjectVersion', 's3:PutObject'], DATA)]));
    expect(message).toContain('s3:PutObject');
  });

  test.each<[string, readonly unknown[]]>([
    ['says less than is deployed', [allow('s3:GetObject', DATA)]],
    ['hides an escape', [READ]],
  ])('examine what is deployed if the metadata %s', (_, written) => {
    const escape = allow('iam:PutRolePolicy', '*');
    const found = rulesOf(app([READ, escape], [READ, escape], written));
    expect(found).toEqual(expect.arrayContaining(['CompactedPolicyDiffers AllowsMore',
      'SessionPolicyEscape LeavesSessionPolicy']));
  });

  test('examine the deployed policy if this rule is off', () => {
    const one = app([READ, allow('s3:PutObject', DATA)], [allow('s3:*', DATA)], [READ]);
    const rulesWith = (severity: string) => runRules(new TemplateSet([one]), {
      settings: {
        strict: false,
        severities: new Map([['CompactedPolicyDiffers', severity]]),
        distinctResources: true,
      } as any,
    }).map(({ rule }) => rule);
    expect(rulesWith('error')).toEqual(['CompactedPolicyDiffers']);
    expect(rulesWith('off')).toEqual(['SessionPolicyExceedsRole']);
  });

  test('find an escape that metadata hides and that only an action of another name allows', () => {
    const found = rulesOf(app([allow('*', '*')], [allow('newservice:*', '*'), READ], [READ]));
    expect(found.some((one) => one.startsWith('CompactedPolicyDiffers'))).toBe(true);
  });

  test('count the characters that are deployed', () => {
    const long = allow(Array.from({ length: 80 }, (_, i) => `s3:GetObject${'x'.repeat(20)}${i}`), DATA);
    expect(rulesOf(app([READ], [allow('s3:*', DATA)], [READ, long])).filter((one) => one.includes('TooLarge')))
      .toEqual([]);
    expect(findingsOf('SessionPolicyTooLarge', app([READ], [READ, long], [READ]))).toHaveLength(1);
  });
});
