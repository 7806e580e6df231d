import { describeStatement, Excess, Layer, Witness } from '../engine';

/** What a role's layers are called in messages, those of AWS included. */
const LAYERS: { readonly [name in Layer['name']]: { readonly own: string; readonly a: string; readonly no: string } } = {
  'identity policies': { own: 'its identity policies', a: 'an identity-based policy', no: 'no identity-based policy' },
  'permissions boundary': { own: 'its permissions boundary', a: 'a permissions boundary', no: 'no permissions boundary' },
  'session policy': { own: 'the session policy', a: 'a session policy', no: 'no session policy' },
};

/** A concrete request. */
export function describeRequest(witness: Witness): string {
  return `${witness.action} on ${witness.resource}${describeValues(witness)}`;
}

/** Why the role does not allow it. */
export function describeDenial({ layer, statement }: Excess['denial']): string {
  return statement ? `${describeStatement(statement)} denies it` : `no statement of ${LAYERS[layer].own} allows it`;
}

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

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function deniedBecause({ statement, layer }: Excess['denial'], action: string): string {
  return statement ? `with an explicit deny in ${LAYERS[layer].a}` : `because ${LAYERS[layer].no} allows the ${action} action`;
}
