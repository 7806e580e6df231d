/** Guards that organizations put on every role, and what the app knows of the role and of the ARN. */
import { app, AppCase, one, sub } from './app-case';
import { allow, association, deny, policy, role, US } from '../rules/app';

const EUROPE = { region: 'eu-west-1', account: '111122223333' };
const READ_TABLE = (arn: string) => association([allow('dynamodb:GetItem', arn)]);
const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
/** The association may read a table of the stack. */
const READ_TABLE_HERE = association(undefined, {
  Policy: sub(JSON.stringify(policy(
    allow('dynamodb:GetItem', 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders'),
  ))),
  DisableSessionTags: true,
});

const EVERYTHING = allow('*', '*');
const denyUnless = (Condition: object) => (
  { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition }
);
const OTHER_REGIONS = denyUnless({ StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } });
const OTHER_ACCOUNTS = denyUnless({ StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } });
const OLD_SESSIONS = deny('*', '*', { DateLessThan: { 'aws:TokenIssueTime': '2024-05-01T00:00:00Z' } });
const PRODUCTION = deny('*', 'arn:aws:dynamodb:*:*:table/prod-*');
const OTHER_ROLES = denyUnless({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/pods-*' } });

const guarded = (...guards: unknown[]) => role([EVERYTHING, ...guards]);
const named = (RoleName: string, ...guards: unknown[]) => role([EVERYTHING, ...guards], { RoleName });

export const GUARDS: readonly AppCase[] = [
  app('other regions are denied, and the table is in an allowed one',
    one({ Role: guarded(OTHER_REGIONS), Pods: READ_TABLE(TABLE) }, {}, EUROPE)),
  app('other regions are denied, and the table is in the region of the stack',
    one({ Role: guarded(OTHER_REGIONS), Pods: READ_TABLE_HERE }, {}, EUROPE)),
  app('other regions are denied, and the table is in one of them',
    one({ Role: guarded(OTHER_REGIONS), Pods: READ_TABLE(TABLE.replace('eu-west-1', 'us-east-1')) }, {}, EUROPE),
    [['SessionPolicyExceedsRole', 'with aws:RequestedRegion = \'us-east-1\'']]),
  app('other regions are denied, and the region of the table is a deploy-time value',
    one({ Role: guarded(OTHER_REGIONS), Pods: READ_TABLE_HERE }),
    [['NarrowingUndetermined', 'denies requests that may be among those']]),
  app('other accounts are denied, and the table is in the account of the stack, whatever that is',
    one({ Role: guarded(OTHER_ACCOUNTS), Pods: READ_TABLE_HERE })),
  app('other accounts are denied, and the table is in another one',
    one({ Role: guarded(OTHER_ACCOUNTS), Pods: READ_TABLE(TABLE.replace('111122223333', '444455556666')) }, {}, EUROPE),
    [['SessionPolicyExceedsRole', 'with aws:ResourceAccount = \'444455556666\'']]),
  app('sessions from before a date are denied',
    one({ Role: guarded(OLD_SESSIONS), Pods: READ_TABLE(TABLE) }, {}, EUROPE)),
  app('production is denied by name, and the table has another',
    one({ Role: guarded(PRODUCTION), Pods: READ_TABLE(TABLE) }, {}, EUROPE)),
  app('production is denied by name, and some of the tables have such names',
    one({ Role: guarded(PRODUCTION), Pods: READ_TABLE(TABLE.replace('orders', 'p*')) }, {}, EUROPE),
    [['SessionPolicyExceedsRole', 'table/prod-']]),
  app('other roles are denied, and the role has the name of the exemption',
    one({ Role: named('pods-orders', OTHER_ROLES), Pods: READ_TABLE(TABLE) }, {}, EUROPE)),
  app('other roles are denied, and the role has another name',
    one({ Role: named('orders', OTHER_ROLES), Pods: READ_TABLE(TABLE) }, {}, EUROPE),
    [['SessionPolicyExceedsRole', 'role/orders']]),
  app('all guards together', one({
    Role: named('pods-orders', OTHER_REGIONS, OTHER_ACCOUNTS, OLD_SESSIONS, PRODUCTION, OTHER_ROLES),
    Pods: READ_TABLE(TABLE),
  }, {}, EUROPE)),
  app('a table of another partition than that of the stack', one({
    Role: role([allow('dynamodb:*', 'arn:aws:dynamodb:*:*:*')]),
    Pods: READ_TABLE('arn:aws-cn:dynamodb:cn-north-1:111122223333:table/orders'),
  }, {}, US), [['NoEffectivePermissions', '']]),
];
