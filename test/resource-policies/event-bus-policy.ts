/** AWS::Events::EventBusPolicy: a statement, or its parts as properties. */
import { allow } from '../make';
import { PAGES, ResourcePolicyCase } from './case';
import { casesOf, Service, WITHOUT } from './forms';
import { allows, getAtt, Given, ref, ROLE, sub, template } from './make';
import { withSid } from './messaging';

const PAGE = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html';

const BUS = { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } };

/** One policy resource of the bus. */
function busPolicy(properties: object): Given['resources'] {
  return {
    Bus: BUS,
    BusPolicy: {
      Type: 'AWS::Events::EventBusPolicy',
      Properties: { EventBusName: ref('Bus'), StatementId: 'shop', ...properties },
    },
  };
}

const service: Service = {
  name: 'event bus policy',
  action: 'events:PutEvents',
  named: getAtt('Bus'),
  attached: getAtt('Bus'),
  resources: (statements) => (
    statements ? busPolicy({ Statement: withSid(statements[0]) }) : { Bus: BUS }
  ),
};

interface Row extends Omit<ResourcePolicyCase, 'template'> {
  readonly properties: object;
  readonly identity?: boolean;
}

const PUT = allow('events:PutEvents', getAtt('Bus'));
const ORGANIZATION = { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-exampleorg1' };

const PARTS: readonly Row[] = [
  {
    id: 'allows the account, no identity policy',
    page: PAGES.principal,
    access: 'not allowed',
    properties: { Action: 'events:PutEvents', Principal: ref('AWS::AccountId') },
    why: 'The account delegates to identity policies, and none allows it.',
  },
  {
    id: 'allows the account, identity policy',
    page: PAGES.principal,
    access: 'allowed',
    identity: true,
    properties: { Action: 'events:PutEvents', Principal: ref('AWS::AccountId') },
    why: 'The account delegates, and an identity policy allows it.',
  },
  {
    id: 'allows everybody',
    page: PAGE,
    access: 'allowed',
    properties: { Action: 'events:PutEvents', Principal: '*' },
    why: 'Roles of the account need no other permission.',
  },
  {
    id: 'allows an organization, no identity policy',
    page: PAGE,
    access: 'unknown',
    properties: { Action: 'events:PutEvents', Principal: '*', Condition: ORGANIZATION },
    why: 'The template does not tell the organization of the account.',
  },
];

const DEFAULT_BUS = sub('arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default');

const ON_DEFAULT_BUS: ResourcePolicyCase = {
  id: 'event bus policy: the default bus allows the role',
  page: PAGE,
  access: 'allowed',
  why: 'Without a name the policy is attached to the default bus.',
  template: template({
    session: [allow('events:PutEvents', DEFAULT_BUS)],
    resources: {
      BusPolicy: {
        Type: 'AWS::Events::EventBusPolicy',
        Properties: { StatementId: 'shop', Statement: withSid(allows(ROLE, 'events:PutEvents', DEFAULT_BUS)) },
      },
    },
  }),
};

const TWO_POLICIES: ResourcePolicyCase = {
  id: 'event bus policy: one of two allows the role',
  page: PAGES.sameAccount,
  access: 'allowed',
  why: 'Each policy resource adds a statement to the policy of the bus.',
  template: template({
    session: [PUT],
    resources: {
      ...busPolicy({ Action: 'events:PutEvents', Principal: '444455556666' }),
      SecondPolicy: {
        Type: 'AWS::Events::EventBusPolicy',
        Properties: {
          EventBusName: ref('Bus'),
          StatementId: 'second',
          Statement: { Sid: 'second', ...allows(ROLE, 'events:PutEvents', getAtt('Bus')) },
        },
      },
    },
  }),
};

export const EVENT_BUS_POLICY_CASES: readonly ResourcePolicyCase[] = [
  ...casesOf(service, ...WITHOUT.noPolicy, ...WITHOUT.notPrincipal),
  ...PARTS.map(({ id, properties, identity, ...rest }): ResourcePolicyCase => ({
    ...rest,
    id: `event bus policy in parts: ${id}`,
    template: template({ session: [PUT], identity: identity ? [PUT] : [], resources: busPolicy(properties) }),
  })),
  ON_DEFAULT_BUS,
  TWO_POLICIES,
];
