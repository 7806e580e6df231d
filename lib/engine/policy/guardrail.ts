/**
 * Recognizes guardrails: Deny statements whose conditions test how a request is made. They may also test who makes it. Organizations put
 * them on every role. `decide/excess-kinds.ts` asks it.
 *
 * Invariant: a statement that also compares what is acted on, such as a tag of the resource, is not a guardrail.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/perimeter-implementation.html
 */
import { Statement } from './policy';
import { memoize } from '../../util/memo';

/** Transport, network path, Region, organization, way through AWS services, MFA, age of the session: keys in lower case. */
const HOW_A_REQUEST_IS_MADE: ReadonlySet<string> = new Set([
  'aws:securetransport', 's3:tlsversion', 's3:signatureversion', 's3:authtype', 's3:signatureage',
  'aws:sourceip', 'aws:vpcsourceip', 'aws:sourcevpc', 'aws:sourcevpcarn', 'aws:sourcevpce',
  'aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths', 'aws:ec2instancesourcevpc', 'aws:ec2instancesourceprivateipv4',
  'aws:requestedregion',
  'aws:principalorgid', 'aws:principalorgpaths', 'aws:resourceorgid', 'aws:resourceorgpaths', 'aws:resourceaccount', 's3:resourceaccount',
  'aws:viaawsservice', 'aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast', 'aws:useragent', 'aws:referer',
  'aws:multifactorauthpresent', 'aws:multifactorauthage', 'aws:tokenissuetime', 'aws:currenttime', 'aws:epochtime',
]);

/** Guardrails exempt principals by these keys. */
const WHO_MAKES_IT = /^aws:(principal(arn|account|type|isawsservice|servicename|servicenameslist|tag\/.*)|userid|username|sourceidentity)$/;

/** Whether the statement denies requests only for how they are made. */
export const isGuardrail: (statement: Statement) => boolean = memoize(({ effect, conditions }: Statement) => (
  effect === 'Deny'
  && conditions.some(({ key }) => HOW_A_REQUEST_IS_MADE.has(key))
  && conditions.every(({ key }) => HOW_A_REQUEST_IS_MADE.has(key) || WHO_MAKES_IT.test(key))));
