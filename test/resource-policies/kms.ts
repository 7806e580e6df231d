/** AWS::KMS::Key: identity policies count only as far as the key policy lets them. */
import { allow } from '../make';
import { PAGES, ResourcePolicyCase } from './case';
import { KMS_CONDITION_ROWS } from './kms-conditions';
import { KMS_IDENTITY_ROWS } from './kms-identity';
import { KMS_PRINCIPAL_ROWS } from './kms-principals';
import { KeyRow } from './kms-row';
import { ACCOUNT, allows, getAtt, Given, OTHER_ROLE, policy, template } from './make';

const DECRYPT = allow('kms:Decrypt', getAtt('Key'));

const ROWS: readonly KeyRow[] = [...KMS_IDENTITY_ROWS, ...KMS_PRINCIPAL_ROWS, ...KMS_CONDITION_ROWS];

const key = (statements?: readonly object[]): Given['resources'] => ({
  Key: { Type: 'AWS::KMS::Key', Properties: statements ? { KeyPolicy: policy(...statements) } : {} },
});

const REPLICA: ResourcePolicyCase = {
  id: 'replica key: allows another role, identity policy',
  page: PAGES.keyPolicies,
  access: 'denied',
  why: 'A replica key has a key policy of its own.',
  template: template({
    identity: [allow('kms:Decrypt', getAtt('Replica'))],
    session: [allow('kms:Decrypt', getAtt('Replica'))],
    resources: {
      Replica: {
        Type: 'AWS::KMS::ReplicaKey',
        Properties: {
          PrimaryKeyArn: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
          KeyPolicy: policy(allows(OTHER_ROLE, 'kms:*', '*')),
        },
      },
    },
  }),
};

const NO_KEY: ResourcePolicyCase = {
  id: 'key: an action without a key',
  page: PAGES.keyPolicies,
  access: 'allowed',
  why: 'kms:ListKeys is not a request to a key: no key policy applies.',
  template: template({
    identity: [allow('kms:ListKeys')],
    session: [allow('kms:ListKeys')],
    resources: key([allows(OTHER_ROLE, 'kms:*', '*')]),
  }),
};

export const KMS_CASES: readonly ResourcePolicyCase[] = [
  ...ROWS.map(({ id, page, why, access, policy: statements, session = [DECRYPT], ...given }): ResourcePolicyCase => ({
    id: `key: ${id}`, page, why, access, template: template({ ...given, session, resources: key(statements) }),
  })),
  REPLICA,
  NO_KEY,
];
