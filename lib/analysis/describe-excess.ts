/**
 * Words for an excess: the request that the session policy allows and the role does not, and why the role does not. Rules, the
 * assertions and the command line share them.
 *
 * Invariant: a request is described with everything that it needs to be made again: keys, missing keys and generated names.
 */
import { describeStatement, Excess, Layer, Witness } from '../engine';

/** The names of the layers in our messages (`own`) and in AWS's error messages (`a`, `no`). */
const LAYERS: { readonly [name in Layer['name']]: { readonly own: string; readonly a: string; readonly no: string } } = {
  'identity policies': { own: 'its identity policies', a: 'an identity-based policy', no: 'no identity-based policy' },
  'permissions boundary': { own: 'its permissions boundary', a: 'a permissions boundary', no: 'no permissions boundary' },
  'resource policies': { own: 'the policy of the resource', a: 'a resource-based policy', no: 'no resource-based policy' },
  'session policy': { own: 'the session policy', a: 'a session policy', no: 'no session policy' },
  'service control policies': { own: 'the service control policies', a: 'a service control policy', no: 'no service control policy' },
  'resource control policies': { own: 'the resource control policies', a: 'a resource control policy', no: 'no resource control policy' },
};

/** Such as `s3:GetObject on arn:aws:s3:::data/x (with aws:SourceVpc = 'vpc-1')`. */
export function describeRequest(witness: Witness): string {
  return `${witness.action} on ${witness.resource}${describeValues(witness)}`;
}

/** Why the role does not allow the request, with the statement or the layer. */
export function describeDenial({ layer, source, statement }: Excess['denial']): string {
  return statement ? `${describeStatement(statement)} denies it` : `no statement of ${LAYERS[layer].own}${source === undefined ? '' : ` of ${source}`} allows it`;
}

/** For programs: which layer stands in the way, and how. */
export function codeOfDenial({ layer, statement }: Excess['denial']): string {
  const by = CODES[layer] ?? 'Role';
  return statement ? `DeniedBy${by}` : `NotAllowedBy${by}`;
}

const CODES: { readonly [name in Layer['name']]?: string } = {
  'permissions boundary': 'Boundary', 'service control policies': 'ServiceControlPolicy', 'resource control policies': 'ResourceControlPolicy',
};

/** The condition keys of the request, and the generated names in it. */
function describeValues({ context, missing, keyNames, assumed }: Witness): string {
  const nameOf = (key: string) => keyNames.get(key) ?? key;
  const generated = [...assumed].filter(([label]) => !label.startsWith('${AWS::'));
  const having = [...[...context].map(([key, value]): [string, typeof value] => [nameOf(key), value]), ...generated]
    .map(([name, value]) => `${name} = ${[value].flat().map((v) => `'${v}'`).join(' and ')}`);
  const parts = [
    ...(having.length > 0 ? [`with ${having.join(', ')}`] : []),
    ...(missing.length > 0 ? [`without ${missing.map(nameOf).join(', ')}`] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

/**
 * The end of the error message that the pods get.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function deniedBecause({ statement, layer }: Excess['denial'], action: string): string {
  return statement ? `with an explicit deny in ${LAYERS[layer].a}` : `because ${LAYERS[layer].no} allows the ${action} action`;
}
