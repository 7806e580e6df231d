/** Whether AWS could make the request of a witness: what is wrong with it, by AWS's pages. */
import {
  ALWAYS, hasResourceAccount, isAlwaysInAction, isGlobal, isListed, NEVER, principalKeys, tagOf, tiedKeys, typesOf,
} from './real-facts';
import { actionNamed, RealAction, RealType, typeOfKey } from './real-reference';
import { ContextValue, Request } from '../../oracle/evaluate';
import { listOf } from '../../oracle/readings';

/** A witness: a request, and the keys that it certainly lacks. */
export interface RealWitness extends Request {
  readonly missing: readonly string[];
}

/** What is wrong with a witness. */
export interface Complaint {
  readonly kind:
    /** The reference does not have the action. */
    | 'action'
    /** It is not authorized on such a resource. */
    | 'resource'
    /** A name in the ARN is empty, or the Region is of another partition. */
    | 'name'
    /** A key that the request must have is missing, or it has a key that it cannot have. */
    | 'presence'
    /** A key has a value that it cannot have. */
    | 'value'
    /** Nothing that AWS documents clearly. */
    | 'improbable';
  readonly text: string;
}

/** With the keys of the principal: a witness leaves out what does not matter. */
export function completed({ action, resource, context, missing }: RealWitness, principalArn: string): RealWitness {
  return { action, resource, context: new Map([...principalKeys(principalArn), ...context]), missing };
}

export function complaintsOf(witness: RealWitness, principalArn: string): readonly Complaint[] {
  const action = actionNamed(witness.action);
  if (action?.name !== witness.action) { return [{ kind: 'action', text: `the reference has no ${witness.action}` }]; }
  const types = typesOf(action, witness.resource, true);
  // An ARN may have the form of several types: one of them is enough.
  const ofTypes = (types.length > 0 ? types : [undefined]).map(
    (type) => complaintsAboutContext(action, type, witness, principalArn),
  );
  return [
    ...complaintsAboutResource(action, types, witness.resource, principalArn),
    ...ofTypes.reduce((a, b) => (certain(b) < certain(a) ? b : a)),
  ];
}

function certain(complaints: readonly Complaint[]): number {
  return complaints.filter(({ kind }) => kind !== 'improbable').length;
}

function complaintsAboutResource(
  action: RealAction, types: readonly RealType[], resource: string, principalArn: string,
): Complaint[] {
  if (resource === '*') {
    return action.types.length === 0 ? [] : [
      { kind: action.allOptional ? 'improbable' : 'resource', text: `${action.name} is not authorized on *` },
    ];
  }
  const all: Complaint[] = [];
  const [, partition, , region, , ...rest] = resource.split(':');
  const isUnknown = action.types.length === 0;
  if (isUnknown) { all.push({ kind: 'improbable', text: `${action.name} is authorized on *, not on ARNs` }); }
  if (!isUnknown && types.length === 0) {
    const isOnlyEmpty = typesOf(action, `${resource}x`).length > 0; // the last name
    all.push({ kind: isOnlyEmpty ? 'improbable' : 'resource', text: `${action.name} is not authorized on ${resource}` });
  }
  if (types.length > 0 && typesOf(action, resource).length === 0) {
    all.push({ kind: 'improbable', text: `${resource}: the service takes no such name` });
  }
  if (partition !== principalArn.split(':')[1]) {
    all.push({ kind: 'name', text: `${resource} is of another partition than the role` });
  }
  if (region !== '' && !isRegionOf(region, partition)) {
    all.push({ kind: 'name', text: `${resource} is in a Region of another partition` });
  }
  // The name of a log group may begin and end with a slash:
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
  const part = rest.join(':').replace(/^log-group:\/|:log-stream:$/g, '').replace(/(?<=[^:/])\/(?=:log-stream:)/, '');
  if (/[:/]([:/]|$)/.test(part)) {
    // No page forbids a slash at the end of the name of a parameter, and `ssm:GetParametersByPath` takes a path that ends with one:
    // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
    const mayEndWithSlash = ['s3', 'secretsmanager', 'ssm'].includes(action.service);
    all.push({ kind: mayEndWithSlash || isUnknown ? 'improbable' : 'name', text: `${resource} has an empty name` });
  }
  return all;
}

/** Regions of partitions: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function isRegionOf(region: string, partition: string): boolean {
  const [, china, gov] = /^(cn-)?(us-gov-)?/.exec(region)!;
  switch (partition) {
    case 'aws-cn': return china !== undefined;
    case 'aws-us-gov': return gov !== undefined;
    default: return china === undefined && gov === undefined;
  }
}

function complaintsAboutContext(
  action: RealAction, type: RealType | undefined, witness: RealWitness, principalArn: string,
): Complaint[] {
  const account = principalArn.split(':')[4];
  return [
    ...complaintsAboutTied(action, witness, principalArn),
    ...witness.missing.flatMap((key) => complaintsAboutMissing(action, key, witness.resource)),
    ...[...witness.context].flatMap(([key, value]) => complaintsAboutKey(action, type, key, value)),
    ...complaintsAboutOwner(action, witness, account),
    ...complaintsAboutTags(action, type, witness),
    ...complaintsAboutNetwork(witness),
  ];
}

/** Keys whose value the ARN or the role tells. */
function complaintsAboutTied(
  action: RealAction, { resource, context, missing }: RealWitness, principalArn: string,
): Complaint[] {
  const tied = [...principalKeys(principalArn), ...tiedKeys(action, resource, principalArn.split(':')[4])];
  return tied.flatMap(([key, value]): Complaint[] => {
    const isOfService = !key.startsWith('aws:');
    if (missing.includes(key)) {
      return [{ kind: isOfService ? 'improbable' : 'presence', text: `${key} is missing, but is ${value}` }];
    }
    return context.has(key) && context.get(key) !== value
      ? [{ kind: isOfService ? 'improbable' : 'value', text: `${key} is ${value}, not ${String(context.get(key))}` }]
      : [];
  });
}

function complaintsAboutMissing(action: RealAction, key: string, resource: string): Complaint[] {
  if (ALWAYS.includes(key)) {
    return [{ kind: key === 'aws:viaawsservice' ? 'improbable' : 'presence', text: `${key} is missing` }];
  }
  if (isAlwaysInAction(action.name, key)) {
    return [{ kind: 'presence', text: `${key} is missing from ${action.name}` }];
  }
  // On `*`, no account owns a resource.
  return key === 'aws:resourceaccount' && hasResourceAccount(action.name)
    ? [{ kind: resource === '*' ? 'improbable' : 'presence', text: `${key} is missing from ${action.name}` }]
    : [];
}

function complaintsAboutKey(
  action: RealAction, type: RealType | undefined, key: string, value: ContextValue,
): Complaint[] {
  const all: Complaint[] = [];
  if (NEVER.includes(key)) { all.push({ kind: 'presence', text: `no request of a role has ${key}` }); }
  if (!isGlobal(key) && isListed(action, type, key) === 'no') {
    all.push({
      kind: 'presence',
      text: `the reference does not list ${key} for ${action.name}${type ? ` on ${type.name}` : ' on *'}`,
    });
  }
  const of = typeOfKey(key.split(':')[0], key) ?? typeOfKey(action.service, key) ?? '';
  const [, expected] = VALUES.find(([keys]) => keys.test(key)) ?? [undefined, VALUES_OF_TYPES[of]];
  const isAs = (expression: RegExp) => listOf(value).every((one) => expression.test(one));
  if (Array.isArray(value) && of !== '' && !of.startsWith('ArrayOf')) {
    all.push({ kind: 'value', text: `${key} has several values` });
  }
  if (expected && !isAs(expected)) { all.push({ kind: 'value', text: `${key} is '${value.toString()}'` }); }
  return all;
}

const VALUES: ReadonlyArray<readonly [keys: RegExp, value: RegExp]> = [
  [/^aws:(securetransport|viaawsservice)$/, /^(true|false)$/],
  [/^aws:multifactorauthpresent$/, /^false$/],
  [/^(aws:(resource|principal)|s3:resource)account$/, /^\d{12}$/],
  [/^aws:(resource|principal)orgid$/, /^o-[a-z0-9]{10,32}$/],
  [/^aws:requestedregion$/, /^[a-z]+(-[a-z]+)+-\d$/],
];

const VALUES_OF_TYPES: { readonly [type: string]: RegExp | undefined } = {
  Bool: /^(true|false)$/,
  Numeric: /^-?\d+(\.\d+)?$/,
};

/** An account is in one organization, and so are its resources. */
function complaintsAboutOwner(
  { name, service }: RealAction, { resource, context, missing }: RealWitness, account: string,
): Complaint[] {
  const all: Complaint[] = [];
  const [owner, ownerInS3] = [context.get('aws:resourceaccount'), context.get('s3:resourceaccount')];
  if (service === 's3' && owner !== undefined && ownerInS3 !== undefined && owner !== ownerInS3) {
    all.push({ kind: 'value', text: 'two accounts own the bucket' });
  }
  const [, partition, , , inArn = ''] = resource.split(':');
  const region = context.get('aws:requestedregion');
  if (resource !== '*' && typeof region === 'string' && !isRegionOf(region, partition)) {
    all.push({ kind: 'value', text: `${region} is a Region of another partition` });
  }
  const [own, other] = ['aws:principalorgid', 'aws:resourceorgid'];
  if (!hasResourceAccount(name) || (/^\d{12}$/.test(inArn) ? inArn : owner ?? ownerInS3) !== account) { return all; }
  if (context.has(own) && context.has(other) && context.get(own) !== context.get(other)) {
    all.push({ kind: 'value', text: 'the account is in two organizations' });
  }
  for (const [has, lacks] of [[own, other], [other, own]]) {
    if (context.has(has) && missing.includes(lacks)) {
      all.push({ kind: 'presence', text: `${has} is that of the account of the resource, and ${lacks} is missing` });
    }
  }
  return all;
}

/** A tag has one value, under all its names, and `aws:TagKeys` names the tags of the request. */
function complaintsAboutTags(
  action: RealAction, type: RealType | undefined, { context, missing }: RealWitness,
): Complaint[] {
  const all: Complaint[] = [];
  const keys = [...context.keys(), ...missing].filter(
    (key) => tagOf(key) !== undefined && isListed(action, type, key) !== 'no',
  );
  for (const tag of new Set(keys.map((key) => tagOf(key)!))) {
    const values = new Set(keys.filter((key) => tagOf(key) === tag).map((key) => context.get(key)?.toString()));
    if (values.size > 1) { all.push({ kind: 'value', text: `the tag ${tag} has several values` }); }
  }
  const tagKeys = context.get('aws:tagkeys');
  for (const key of [...context.keys(), ...missing].filter((one) => one.startsWith('aws:requesttag/'))) {
    const isNamed = listOf(tagKeys).some((one) => one?.toLowerCase() === key.slice('aws:requesttag/'.length));
    if (context.has(key) && !isNamed && (tagKeys !== undefined || missing.includes('aws:tagkeys'))) {
      all.push({ kind: 'value', text: `aws:TagKeys lacks ${key}` });
    }
    if (missing.includes(key) && isNamed) {
      all.push({ kind: 'presence', text: `aws:TagKeys names ${key}, which is missing` });
    }
  }
  return all;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip */
function complaintsAboutNetwork({ context }: RealWitness): Complaint[] {
  return context.has('aws:sourceip') && (context.has('aws:sourcevpc') || context.has('aws:sourcevpce'))
    ? [{ kind: 'improbable', text: 'the request comes from the internet and from a VPC endpoint' }]
    : [];
}
