/**
 * Converts the policies of one level of an organization to a layer. The layers of all levels must allow a request, and none may deny it.
 *
 * Invariant: a policy that AWS would reject is an error. A part that could not be understood becomes a gap.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_evaluation.html
 */
import { ABBREVIATIONS, ControlKind, ControlLevel, ControlPolicy, ControlPolicyError } from './control-policy';
import { MAX_POLICY_CHARACTERS } from './limits';
import { Json, Layer, OrganizationLayerName, parsePolicy, parseStatement, Policy, Problem, Reason } from '../engine';

const NAMES: { readonly [kind in ControlKind]: OrganizationLayerName } = {
  'service control': 'service control policies', 'resource control': 'resource control policies',
};

const TYPES: { readonly [kind in ControlKind]: string } = { 'service control': 'SERVICE_CONTROL_POLICY', 'resource control': 'RESOURCE_CONTROL_POLICY' };

/** What AWS attaches to each root, organizational unit and account when policies of a kind are enabled. */
const FULL_ACCESS: { readonly [kind in ControlKind]: Policy } = { 'service control': fullAccess('FullAWSAccess'), 'resource control': fullAccess('RCPFullAWSAccess') };

function fullAccess(name: string): Policy {
  return parseStatement({ Effect: 'Allow', Action: '*', Resource: '*' }, name).policy;
}

/** The policies of one level. @throws ControlPolicyError for policies that AWS would reject */
export function layerOfLevel(kind: ControlKind, { source, policies }: ControlLevel): Layer {
  const read = policies.map((policy) => readPolicy(kind, policy));
  const rejected = read.flatMap(({ errors }) => errors);
  if (rejected.length > 0) { throw new ControlPolicyError(rejected); }
  const allowing = read.some(({ policy }) => policy.statements.some(({ effect }) => effect === 'Allow'));
  return {
    name: NAMES[kind],
    source,
    // Policies that only deny are written to stand beside the policy that AWS attaches.
    policies: [...read.map(({ policy }) => policy), ...(allowing ? [] : [FULL_ACCESS[kind]])],
    gaps: read.flatMap(({ gaps }) => gaps),
  };
}

interface ReadPolicy {
  readonly policy: Policy;
  readonly errors: readonly string[];
  readonly gaps: readonly Reason[];
}

function readPolicy(kind: ControlKind, given: ControlPolicy): ReadPolicy {
  const { document, type, placeOf } = given;
  const name = `${ABBREVIATIONS[kind]} ${given.name}`;
  const { policy, problems } = parsePolicy(document as Json, name, kind);
  const other = type !== undefined && type !== TYPES[kind]
    ? [`${placeOf('')}: its type is ${type}, and this place takes policies of type ${TYPES[kind]}`] : [];
  const errors = [...other, ...tooLarge(kind, given), ...problems.flatMap((problem) => (problem.kind === 'unknown' ? [] : [describeError(problem, kind, given)]))];
  const gaps = problems.filter((problem) => problem.kind === 'unknown').map(({ where, message }): Reason => ({
    code: 'UnclearPolicy', message: `${name} could not be understood: ${where}${where && ' '}${message}`, resolution: 'write that part of the policy as literal text',
  }));
  return { policy, errors, gaps };
}

function describeError({ where, message }: Problem, kind: ControlKind, { placeOf }: ControlPolicy): string {
  return `${placeOf(where)}: ${where === '' ? 'the policy' : where} ${message}. AWS rejects such a ${kind} policy`;
}

function tooLarge(kind: ControlKind, { document, placeOf }: ControlPolicy): string[] {
  const size = sizeOf(document);
  const limit = MAX_POLICY_CHARACTERS[kind];
  if (size === undefined) { return [`${placeOf('')}: the policy is nested too deeply`]; }
  return size <= limit ? [] : [
    `${placeOf('')}: the policy has ${size.toLocaleString('en-US')} characters without white space, and AWS accepts ${limit.toLocaleString('en-US')} in a ${kind} policy. `
    + 'Split it into several policies, in a list',
  ];
}

/** In characters; `undefined` if the document is nested deeper than the stack. */
function sizeOf(document: unknown): number | undefined {
  try {
    return JSON.stringify(document).length;
  } catch {
    return undefined;
  }
}
