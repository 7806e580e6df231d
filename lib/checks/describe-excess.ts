import { describeStatement, Excess, Witness } from '../engine';

/** A concrete request. */
export function describeRequest(witness: Witness): string {
  return `${witness.action} on ${witness.resource}${describeValues(witness)}`;
}

/** Why the role does not allow it. */
export function describeDenial({ layer, statement }: Excess['denial']): string {
  const policies = layer === 'permissions boundary' ? 'its permissions boundary' : 'its identity policies';
  return statement ? `${describeStatement(statement)} denies it` : `no statement of ${policies} allows it`;
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
  const policy = layer === 'permissions boundary' ? 'a permissions boundary' : 'an identity-based policy';
  if (statement) { return `with an explicit deny in ${policy}`; }
  return layer === 'permissions boundary'
    ? `because no permissions boundary allows the ${action} action`
    : `because no identity-based policy allows the ${action} action`;
}
