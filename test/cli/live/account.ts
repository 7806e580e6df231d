import { Account, Answer, AwsError, Input } from './aws-server';

/** An account, as plain data that the operations are answered from. */
export interface AccountState {
  readonly id?: string;
  readonly cluster: string;
  readonly associations: readonly AssociationState[];
  readonly roles: { readonly [name: string]: RoleState };
  /** Customer managed policies by name, and AWS's own by ARN. */
  readonly policies?: { readonly [nameOrArn: string]: object };
  /** Items in a page. */
  readonly page?: number;
}

export interface AssociationState {
  readonly id: string;
  readonly namespace?: string;
  readonly serviceAccount?: string;
  /** A name, or an ARN. */
  readonly role: string;
  readonly targetRole?: string;
  readonly policy?: object | string;
  readonly disableSessionTags?: boolean;
}

export interface RoleState {
  readonly path?: string;
  readonly trust?: object;
  readonly inline?: { readonly [name: string]: object };
  readonly attached?: readonly string[];
  readonly boundary?: string;
}

export const ACCOUNT = '111122223333';
const CREATED = 1_700_000_000;

export const TRUST = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] },
  ],
};

export function allow(
  action: string | readonly string[], resource: string | readonly string[] = 'arn:aws:s3:::data/*',
): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] };
}

export function roleArn(name: string, path = '/'): string {
  return name.startsWith('arn:') ? name : `arn:aws:iam::${ACCOUNT}:role${path}${name}`;
}

export function policyArn(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:iam::${ACCOUNT}:policy/${nameOrArn}`;
}

/** Answers of IAM and EKS for it; `others` come first. */
export function answersOf(state: AccountState, others: Account = {}): Account {
  const { cluster, associations, roles, policies = {}, page = 100 } = state;
  const role = (name: string): RoleState | AwsError => (Object.hasOwn(roles, name) ? roles[name]
    : new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404));
  const ofRole = (answer: (found: RoleState, input: Input) => Answer) => (input: Input) => {
    const found = role(input.RoleName);
    return found instanceof AwsError ? found : answer(found, input);
  };
  const documents = new Map(Object.entries(policies).map(([name, document]) => [policyArn(name), document]));
  const ofPolicy = (answer: (document: object, input: Input) => Answer) => (input: Input) => {
    const document = documents.get(input.PolicyArn);
    return document
      ? answer(document, input)
      : new AwsError('NoSuchEntity', `Policy ${input.PolicyArn} was not found.`, 404);
  };
  const markers = <T>(items: readonly T[], { Marker: marker = '0' }: Input) => {
    const from = Number(marker);
    const isTruncated = from + page < items.length;
    return {
      items: items.slice(from, from + page),
      IsTruncated: isTruncated,
      ...isTruncated && { Marker: String(from + page) },
    };
  };
  const withDefaults = ({ id, namespace = 'default', serviceAccount = id, ...rest }: AssociationState) => ({
    id, namespace, serviceAccount, ...rest,
  });
  const associationArn = (id: string) =>
    `arn:aws:eks:eu-west-1:${state.id ?? ACCOUNT}:podidentityassociation/${cluster}/${id}`;
  const noCluster = ({ clusterName }: Input) => new AwsError(
    'ResourceNotFoundException', `No cluster found for name: ${clusterName}.`, 404,
  );
  return {
    ListPodIdentityAssociations: (input) => {
      if (input.clusterName !== cluster) { return noCluster(input); }
      const from = Number(input.nextToken ?? 0);
      return {
        associations: associations.slice(from, from + page).map(withDefaults).map(
          ({ id, namespace, serviceAccount }) => ({
            clusterName: cluster, namespace, serviceAccount, associationArn: associationArn(id), associationId: id,
          }),
        ),
        ...from + page < associations.length && { nextToken: String(from + page) },
      };
    },
    DescribePodIdentityAssociation: (input) => {
      if (input.clusterName !== cluster) { return noCluster(input); }
      const found = associations.find(({ id }) => id === input.associationId);
      if (!found) {
        return new AwsError('ResourceNotFoundException', `No association found for ${input.associationId}`, 404);
      }
      const {
        id, namespace, serviceAccount, role: named, targetRole, policy, disableSessionTags = policy !== undefined,
      } = withDefaults(found);
      return {
        association: {
          clusterName: cluster,
          namespace,
          serviceAccount,
          roleArn: roleArn(named, roles[named]?.path),
          associationArn: associationArn(id),
          associationId: id,
          tags: {},
          createdAt: CREATED,
          modifiedAt: CREATED,
          disableSessionTags,
          ...targetRole !== undefined && {
            targetRoleArn: roleArn(targetRole, roles[targetRole]?.path),
            externalId: `eu-west-1/${ACCOUNT}/${cluster}/${namespace}/${serviceAccount}`,
          },
          ...policy !== undefined && { policy: typeof policy === 'string' ? policy : JSON.stringify(policy) },
        },
      };
    },
    GetRole: ofRole(({ path = '/', trust = TRUST, boundary }, { RoleName: name }) => ({
      Role: {
        Path: path,
        RoleName: name,
        RoleId: 'AROA',
        Arn: roleArn(name, path),
        CreateDate: CREATED,
        AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)),
        ...boundary !== undefined && {
          PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: policyArn(boundary) },
        },
        RoleLastUsed: { LastUsedDate: CREATED, Region: 'eu-west-1' },
      },
    })),
    ListRolePolicies: ofRole(({ inline = {} }, input) => {
      const { items, ...rest } = markers(Object.keys(inline).reverse(), input);
      return { PolicyNames: items, ...rest };
    }),
    GetRolePolicy: ofRole(({ inline = {} }, { RoleName, PolicyName }) => (Object.hasOwn(inline, PolicyName)
      ? { RoleName, PolicyName, PolicyDocument: encodeURIComponent(JSON.stringify(inline[PolicyName])) }
      : new AwsError('NoSuchEntity', `The role policy with name ${PolicyName} cannot be found.`, 404))),
    ListAttachedRolePolicies: ofRole(({ attached = [] }, input) => {
      const { items, ...rest } = markers(attached, input);
      return {
        AttachedPolicies: items.map((name) => ({ PolicyName: name.split('/').pop(), PolicyArn: policyArn(name) })),
        ...rest,
      };
    }),
    GetPolicy: ofPolicy((_, { PolicyArn: arn }) => ({
      Policy: { PolicyName: arn.split('/').pop(), PolicyId: 'ANPA', Arn: arn, Path: '/', DefaultVersionId: 'v3' },
    })),
    GetPolicyVersion: ofPolicy((document, { VersionId }) => ({
      PolicyVersion: {
        Document: encodeURIComponent(JSON.stringify(document)), VersionId, IsDefaultVersion: true, CreateDate: CREATED,
      },
    })),
    ...others,
  };
}

/** Answers with each of `first` once, and then as usual. */
export function firstThen(first: readonly Answer[], usual: (input: Input) => Answer): (input: Input) => Answer {
  const left = [...first];
  return (input) => left.shift() ?? usual(input);
}
