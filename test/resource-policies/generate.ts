/**
 * Random small resource policies, with a role and a session policy about the same few requests, so that what AWS does with
 * all of them can be listed. What the caller chooses (TLS, endpoint, service) is in conditions of the resource policy and
 * of the session policy only.
 */
import * as fc from 'fast-check';
import { Choices, Universe } from './access';
import {
  ACCOUNT, getAtt, OTHER_ACCOUNT, OTHER_ROLE_ARN, ROLE_ARN, ROOT_ARN, SESSION_ARN, SESSIONS_ARN, template,
} from './make';
import { KEY_ARN, Target, targetsOf } from './targets';
import { listOrOne, often, rarely } from '../engine/laws/questions';
import { StatementDocument } from '../oracle/evaluate';
import { PrincipalElement, ResourceStatement } from '../oracle/principals';

type Conditions = NonNullable<StatementDocument['Condition']>;

/** A question about one resource of the account of the role. */
export interface GeneratedQuestion {
  /** The argument for `accessOf`. */
  readonly universe: Universe;
  /** The same as a template, of account 111122223333 in eu-west-1. */
  readonly template: object;
}

// ---- Principals ----

const awsPrincipals = fc.oneof(
  often(ROLE_ARN, ROLE_ARN, OTHER_ROLE_ARN),
  often(ROOT_ARN, ACCOUNT),
  often('*'),
  rarely(SESSION_ARN, OTHER_ACCOUNT, `arn:aws:iam::${OTHER_ACCOUNT}:role/pods`, `arn:aws:iam::${ACCOUNT}:user/ops`),
);

const principals: fc.Arbitrary<PrincipalElement> = fc.oneof(
  { weight: 8, arbitrary: listOrOne(awsPrincipals).map((AWS): PrincipalElement => ({ AWS })) },
  often<PrincipalElement>('*'),
  rarely<PrincipalElement>(
    { Service: 'cloudfront.amazonaws.com' }, { AWS: ROLE_ARN, Service: ['sns.amazonaws.com', 'sqs.amazonaws.com'] },
  ),
);

const exempted: fc.Arbitrary<PrincipalElement> = fc.constantFrom<PrincipalElement>(
  { AWS: [OTHER_ROLE_ARN, ROOT_ARN] }, { AWS: [ROLE_ARN, ROOT_ARN] }, { AWS: OTHER_ROLE_ARN }, { AWS: ROLE_ARN },
  { AWS: ROOT_ARN }, { Service: 'cloudfront.amazonaws.com' },
);

// ---- Conditions ----

/** Conditions that tell who makes a request. */
const WHO: readonly Conditions[] = [
  { ArnEquals: { 'aws:PrincipalArn': ROLE_ARN } },
  { ArnLike: { 'aws:PrincipalArn': [OTHER_ROLE_ARN, 'arn:aws:iam::*:role/po*'] } },
  { StringLike: { 'aws:PrincipalArn': SESSIONS_ARN } },
  { StringEquals: { 'aws:PrincipalArn': OTHER_ROLE_ARN } },
  { ArnNotEquals: { 'aws:PrincipalArn': ROLE_ARN } },
  { ArnNotLike: { 'AWS:principalarn': SESSIONS_ARN } },
  { StringNotEquals: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/*', OTHER_ROLE_ARN] } },
  { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } },
  { StringNotEquals: { 'aws:PrincipalAccount': [ACCOUNT, OTHER_ACCOUNT] } },
  { StringNotEquals: { 'aws:PrincipalAccount': OTHER_ACCOUNT } },
  { StringEquals: { 'aws:PrincipalType': 'AssumedRole' } },
  { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
  { Bool: { 'aws:PrincipalIsAWSService': 'true' }, StringNotEquals: { 'aws:PrincipalAccount': OTHER_ACCOUNT } },
];

const ORGANIZATIONS: readonly Conditions[] = [
  { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
  { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
];

/** Conditions on what the caller chooses. */
const HOW: readonly Conditions[] = [
  { Bool: { 'aws:SecureTransport': 'false' } },
  { Bool: { 'aws:SecureTransport': true } },
  { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
  { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
  { Null: { 'aws:SourceVpce': 'true' } },
];

const KEYS_ONLY: readonly Conditions[] = [
  { StringEquals: { 'kms:CallerAccount': ACCOUNT } },
  { StringEquals: { 'kms:CallerAccount': OTHER_ACCOUNT } },
  { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
  { StringNotEquals: { 'kms:ViaService': ['s3.eu-west-1.amazonaws.com', 'sqs.eu-west-1.amazonaws.com'] } },
  { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
];

function conditionsFor({ kind }: Target): fc.Arbitrary<Conditions | undefined> {
  return fc.oneof(
    { weight: 10, arbitrary: fc.constant(undefined) },
    { weight: 6, arbitrary: fc.constantFrom(...WHO) },
    { weight: 3, arbitrary: fc.constantFrom(...HOW) },
    { weight: 1, arbitrary: fc.constantFrom(...ORGANIZATIONS) },
    ...(kind === 'kms' ? [{ weight: 8, arbitrary: fc.constantFrom(...KEYS_ONLY) }] : []),
  );
}

/** Those that hold for some way, so that the session policy names something. */
function waysFor({ kind }: Target): fc.Arbitrary<Conditions | undefined> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    rarely<Conditions>(
      { Bool: { 'aws:SecureTransport': 'true' } }, { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
    ),
    ...(kind === 'kms' ? [rarely<Conditions>(
      { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      { StringEquals: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } },
    )] : []),
  );
}

const withCondition = (Condition: Conditions | undefined) => (Condition ? { Condition } : {});

// ---- Documents ----

function resourceStatements(target: Target): fc.Arbitrary<ResourceStatement> {
  return fc.record({
    effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    principal: principals,
    exemption: fc.option(exempted, { freq: 5 }), // 1 of 5 has none
    not: fc.oneof({ weight: 9, arbitrary: fc.constant('') }, rarely('Action', 'Principal')),
    action: listOrOne(fc.constantFrom(...target.actions)),
    resource: listOrOne(fc.constantFrom(...target.attached)),
    condition: conditionsFor(target),
  }).map(({ effect, principal, exemption, not, action, resource, condition }) => ({
    Effect: effect,
    ...(not === 'Principal' && effect === 'Deny' && exemption ? { NotPrincipal: exemption } : { Principal: principal }),
    [not === 'Action' ? 'NotAction' : 'Action']: action,
    Resource: resource,
    ...withCondition(condition),
  }));
}

function identityStatements({ actions, resources }: Target): fc.Arbitrary<StatementDocument> {
  return fc.record({
    Effect: fc.oneof({ weight: 8, arbitrary: fc.constant('Allow') }, { weight: 1, arbitrary: fc.constant('Deny') }),
    Action: listOrOne(fc.constantFrom(...actions)),
    Resource: listOrOne(fc.constantFrom(...resources)),
  });
}

function sessionStatements(target: Target): fc.Arbitrary<StatementDocument> {
  return fc.tuple(fc.constantFrom(...target.named), waysFor(target)).map(
    ([{ action, resource }, condition]) => ({
      Effect: 'Allow', Action: action, Resource: resource, ...withCondition(condition),
    }));
}

function document<T extends StatementDocument>(Statement: readonly T[]): { Version: string; Statement: readonly T[] } {
  return { Version: '2012-10-17', Statement };
}

const EVERYTHING: StatementDocument = { Effect: 'Allow', Action: '*', Resource: '*' };

/** The statements of a question. */
interface Parts {
  readonly identity: readonly StatementDocument[];
  readonly boundary: readonly StatementDocument[] | undefined;
  readonly session: readonly StatementDocument[];
  readonly attached: readonly ResourceStatement[] | undefined;
}

function partsFor(target: Target): fc.Arbitrary<Parts> {
  const identity = identityStatements(target);
  const attached = resourceStatements(target);
  return fc.record({
    identity: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: fc.constant([EVERYTHING]) },
      { weight: 3, arbitrary: fc.array(identity, { minLength: 1, maxLength: 2 }) },
    ),
    boundary: fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant([EVERYTHING]) },
      { weight: 1, arbitrary: fc.array(identity, { minLength: 1, maxLength: 2 }) },
    ),
    session: fc.array(sessionStatements(target), { minLength: 1, maxLength: 2 }),
    attached: fc.oneof(
      { weight: 1, arbitrary: fc.constant(undefined) },
      { weight: 12, arbitrary: fc.array(attached, { minLength: 1, maxLength: 3 }) },
    ),
  });
}

// ---- Questions ----

/** What callers choose, of what the documents ask for. */
const WAYS: Choices = {
  'aws:securetransport': ['true', 'false'],
  'aws:sourcevpce': [undefined, 'vpce-1a2b3c4d', 'vpce-5e6f7a8b'],
  'kms:viaservice': [undefined, 's3.eu-west-1.amazonaws.com', 'sqs.eu-west-1.amazonaws.com'],
};
const WORLDS: Choices = { 'aws:principalorgid': [undefined, 'o-exampleorg1', 'o-exampleorg2'] };

/** Keys that no document names make no difference. */
function namedIn(parts: Parts, choices: Choices): Choices {
  const text = JSON.stringify(parts).toLowerCase();
  return Object.fromEntries(Object.entries(choices).filter(([key]) => text.includes(`"${key}"`)));
}

function universeOf(target: Target, account: string, parts: Parts): Universe {
  const { identity, boundary, session, attached } = parts;
  return {
    caller: {
      roleArn: ROLE_ARN,
      account: ACCOUNT,
      identity: identity.length > 0 ? [document(identity)] : [],
      boundary: boundary && document(boundary),
      session: document(session),
      resourcePolicy: { kind: target.kind, account, document: attached && document(attached) },
    },
    requests: target.requests,
    ways: namedIn(parts, WAYS),
    worlds: namedIn(parts, WORLDS),
  };
}

/** Questions about a resource of the account of the role. */
export const resourcePolicyQuestions: fc.Arbitrary<GeneratedQuestion> = fc.constantFrom(...targetsOf(ACCOUNT)).chain(
  (target) => partsFor(target).map((parts) => ({
    universe: universeOf(target, ACCOUNT, parts), template: templateOf(target, parts),
  })));

/** Questions about a resource of another account, which have no template. */
export const crossAccountQuestions: fc.Arbitrary<Universe> = fc.constantFrom(...targetsOf(OTHER_ACCOUNT)).chain(
  (target) => partsFor(target).map((parts) => universeOf(target, OTHER_ACCOUNT, parts)));

function templateOf(target: Target, parts: Parts): object {
  const { identity, boundary, session, attached } = withKeyAttribute(parts);
  return template({ identity, boundary, session, resources: target.templateOf(attached) });
}

/** With the attribute of the key in the place of its ARN. */
function withKeyAttribute<T>(value: T): T {
  if (value === KEY_ARN) { return getAtt('Key') as T; }
  if (typeof value !== 'object' || value === null) { return value; }
  if (Array.isArray(value)) { return value.map(withKeyAttribute) as T; }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withKeyAttribute(item)])) as T;
}

