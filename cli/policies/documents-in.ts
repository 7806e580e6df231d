/**
 * Finds the policy document in a JSON value: the value itself, or a member of an answer of the AWS CLI, possibly URL-encoded.
 * Stands between the text of a file (input.ts, parse-json.ts) and its parsed policy (layers.ts).
 * Invariant: a value that it does not recognize is returned as the document, so the parser reports what is wrong with it. An
 * answer of AWS that has no document, or several, is an error that tells what to give instead.
 */
import { parseJson } from './parse-json';
import { isRecord } from '../../lib/util/records';
import { UsageError } from '../exit-codes';

/** A policy document, and its name in messages. */
export interface NamedDocument {
  readonly name: string;
  readonly document: unknown;
  /** The JSON text of the document, if it was given as text. */
  readonly text?: string;
}

/** The members of AWS's answers that contain a policy document, and its name. */
const ANSWERS: ReadonlyArray<{ readonly within?: string; readonly document: string; readonly name?: string }> = [
  { document: 'PolicyDocument', name: 'PolicyName' }, // aws iam get-role-policy
  { within: 'PolicyVersion', document: 'Document' }, // aws iam get-policy-version
  { document: 'Document' },
  { within: 'association', document: 'policy' }, // aws eks describe-pod-identity-association
];

/** Other input that people give, by a member that only it has, and what to give instead. */
const OTHERS: ReadonlyArray<{ readonly has: readonly string[]; readonly message: string }> = [
  {
    has: ['RoleDetailList'],
    message: 'it is what `aws iam get-account-authorization-details` answers, which has the policies of many roles. Give one document of it, such as '
      + '.RoleDetailList[0].RolePolicyList[0].PolicyDocument, and .Policies[0].PolicyVersionList[0].Document for a managed policy',
  },
  {
    has: ['RolePolicyList'],
    message: 'it is a role of `aws iam get-account-authorization-details`, which has several policies. Give one document of it, such as '
      + '.RolePolicyList[0].PolicyDocument; AttachedManagedPolicies only names the others',
  },
  {
    has: ['PolicyVersionList'],
    message: 'it is a managed policy with its versions. Give the document of the default version, such as .PolicyVersionList[0].Document',
  },
  {
    has: ['Role', 'AssumeRolePolicyDocument'],
    message: 'it is what `aws iam get-role` answers, which has the trust policy of the role and none of its permissions. Give what `aws iam get-role-policy` '
      + 'and `aws iam get-policy-version` answer for its policies, or check templates with a file of `cdk-pod-identity snapshot` (--roles)',
  },
  {
    has: ['Policy'],
    message: 'it is what `aws iam get-policy` answers, which has no document. Give what `aws iam get-policy-version` answers for its DefaultVersionId',
  },
  {
    has: ['AttachedPolicies', 'PolicyNames'],
    message: 'it lists the names of policies, without their documents. Give what `aws iam get-role-policy` or `aws iam get-policy-version` answers for each',
  },
  {
    has: ['Resources'],
    message: 'it is a CloudFormation template. `cdk-pod-identity check` reads templates; here, give a policy document',
  },
];

/**
 * @param name the name of the input, for messages
 * @throws UsageError
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html (PolicyDocument)
 */
export function documentIn(value: unknown, name: string): NamedDocument {
  if (typeof value === 'string') { return inText(value, name, name); }
  if (!isRecord(value) || 'Statement' in value) { return { name, document: value }; }
  for (const answer of ANSWERS) {
    const holder = answer.within === undefined ? value : value[answer.within];
    if (!isRecord(holder) || holder[answer.document] === undefined) { continue; }
    const given = answer.name && holder[answer.name];
    const called = typeof given === 'string' ? `policy '${given}' (${name})` : name;
    const written = holder[answer.document];
    return typeof written === 'string' ? inText(written, called, `${name}, in ${answer.document}`) : { name: called, document: written };
  }
  const other = OTHERS.find(({ has }) => has.some((member) => isRecord(value[member]) || Array.isArray(value[member])));
  if (other) { throw new UsageError(`${name}: ${other.message}`); }
  return { name, document: value };
}

function inText(encoded: string, name: string, place: string): NamedDocument {
  const text = decode(encoded, name);
  return { name, text, document: parseJson(text, place) };
}

/** Decodes URL-encoded text. JSON text never starts with a percent sign, so `%7B` is an encoded brace. */
function decode(text: string, name: string): string {
  if (!/^\s*%/.test(text)) { return text; }
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UsageError(`${name}: the document is URL-encoded, and the encoding is broken`);
  }
}
