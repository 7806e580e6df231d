/** Templates with one role, its association, and resources that have policies. */
type Json = { readonly [key: string]: any };

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';

export const ref = (id: string): Json => ({ Ref: id });
export const getAtt = (id: string, attribute = 'Arn'): Json => ({ 'Fn::GetAtt': [id, attribute] });
export const sub = (text: string): Json => ({ 'Fn::Sub': text });
export const join = (...parts: unknown[]): Json => ({ 'Fn::Join': ['', parts] });

// ---- Principals ----

const aws = (...principals: unknown[]): Json => ({ AWS: principals.length === 1 ? principals[0] : principals });

export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/pods`;
export const OTHER_ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/other`;
export const SESSION_ARN = `arn:aws:sts::${ACCOUNT}:assumed-role/pods/app`;
export const SESSIONS_ARN = `arn:aws:sts::${ACCOUNT}:assumed-role/pods/*`;
export const ROOT_ARN = `arn:aws:iam::${ACCOUNT}:root`;

export const ROLE = aws(getAtt('Role'));
export const ROLE_BY_ARN = aws(ROLE_ARN);
export const ROLE_BY_PSEUDO_PARAMETERS = aws(sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/pods'));
export const OTHER_ROLE = aws(OTHER_ROLE_ARN);
export const SAME_NAME_ELSEWHERE = aws(`arn:aws:iam::${OTHER_ACCOUNT}:role/pods`);
export const SESSION = aws(SESSION_ARN);
export const ROOT = aws(ROOT_ARN);
export const ROOT_BY_PSEUDO_PARAMETERS = aws(
  join('arn:', ref('AWS::Partition'), ':iam::', ref('AWS::AccountId'), ':root'),
);
export const BARE_ACCOUNT = aws(ref('AWS::AccountId'));
export const OTHER_ROOT = aws(`arn:aws:iam::${OTHER_ACCOUNT}:root`);
export const EVERYBODY = '*';
export const EVERY_AWS_PRINCIPAL = aws('*');
export const SERVICE = { Service: 'cloudfront.amazonaws.com' };
export const ROLE_AND_ROOT = aws(ROLE_ARN, ROOT_ARN);
export const OTHER_ROLE_AND_ROOT = aws(OTHER_ROLE_ARN, ROOT_ARN);

// ---- Statements of resource policies ----

/** `Resource` is missing in services whose policies have none. */
export function allows(Principal: unknown, Action: unknown, Resource?: unknown, Condition?: unknown): Json {
  return {
    Effect: 'Allow', Principal, Action, ...(Resource ? { Resource } : {}), ...(Condition ? { Condition } : {}),
  };
}

export function denies(Principal: unknown, Action: unknown, Resource?: unknown, Condition?: unknown): Json {
  return { ...allows(Principal, Action, Resource, Condition), Effect: 'Deny' };
}

export function deniesAllExcept(NotPrincipal: unknown, Action: unknown, Resource?: unknown): Json {
  const { Principal: _everybody, ...rest } = denies('*', Action, Resource);
  return { ...rest, NotPrincipal };
}

export function policy(...Statement: unknown[]): Json {
  return { Version: '2012-10-17', Statement };
}

// ---- Conditions ----

export const WITHOUT_TLS = { Bool: { 'aws:SecureTransport': 'false' } };
export const OF_ORGANIZATION = { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } };
export const OF_ANOTHER_ORGANIZATION = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } };

// ---- Templates ----

export interface Given {
  /** What the identity policies of the role contain. */
  readonly identity?: readonly Json[];
  /** What the session policy contains. */
  readonly session: readonly Json[];
  /** What the boundary contains; without it the role has none. */
  readonly boundary?: readonly Json[];
  /** Properties of the role that differ. */
  readonly role?: Json;
  readonly resources: Json;
  readonly parameters?: Json;
}

export function template({ identity = [], session, boundary, role, resources, parameters }: Given): object {
  return {
    ...(parameters ? { Parameters: parameters } : {}),
    Resources: {
      Role: roleOf({ ...withIdentity(identity), ...withBoundary(boundary), ...role }),
      Pods: associationOf(session),
      ...(boundary ? { Boundary: managedPolicy(boundary) } : {}),
      ...resources,
    },
  };
}

const TRUST = policy({
  Effect: 'Allow',
  Principal: { Service: 'pods.eks.amazonaws.com' },
  Action: ['sts:AssumeRole', 'sts:TagSession'],
});

/** A role named `pods`. */
export function roleOf(properties: Json): Json {
  return {
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: 'pods', AssumeRolePolicyDocument: TRUST, ...properties },
  };
}

function withIdentity(statements: readonly Json[]): Json {
  return statements.length === 0
    ? {} : { Policies: [{ PolicyName: 'identity', PolicyDocument: policy(...statements) }] };
}

function withBoundary(statements: readonly Json[] | undefined): Json {
  return statements ? { PermissionsBoundary: ref('Boundary') } : {};
}

function managedPolicy(statements: readonly Json[]): Json {
  return { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(...statements) } };
}

function associationOf(session: readonly Json[]): Json {
  return {
    Type: 'AWS::EKS::PodIdentityAssociation',
    Properties: {
      ClusterName: 'prod',
      Namespace: 'shop',
      ServiceAccount: 'app',
      RoleArn: getAtt('Role'),
      DisableSessionTags: true,
      Policy: jsonText(policy(...session)),
    },
  };
}

/** The JSON as text, as a template has it: with its intrinsic functions in an `Fn::Join`. */
function jsonText(document: Json): unknown {
  const intrinsics: unknown[] = [];
  const text = JSON.stringify(document, (_key, value) => {
    if (!isIntrinsic(value)) { return value; }
    intrinsics.push(value);
    return `<${intrinsics.length - 1}>`;
  });
  // Odd parts are the numbers of the intrinsic functions.
  const parts = text.split(/<(\d+)>/).map((part, at) => (at % 2 === 0 ? part : intrinsics[Number(part)]));
  return parts.length === 1 ? text : join(...parts);
}

function isIntrinsic(value: unknown): boolean {
  return typeof value === 'object' && value !== null && /^(Ref|Fn::\w+)$/.test(Object.keys(value).join());
}
