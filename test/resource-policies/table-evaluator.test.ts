/** The table and the independent evaluator come from the same pages: they must agree. */
import { accessOf, Choices, Universe } from './access';
import { attachedPolicies } from './attached-policies';
import { BEYOND_THE_EVALUATOR } from './beyond-the-evaluator';
import { Access } from './case';
import { arnOf, resolve, Resources } from './resolve';
import { RESOURCE_POLICY_CASES, ResourcePolicyCase } from './table';
import { PolicyDocument, Request } from '../oracle/evaluate';
import { listOf, statementsOf } from '../oracle/readings';
import { Owner } from '../oracle/resource-policies';

const CASES = RESOURCE_POLICY_CASES.filter(({ id }) => !BEYOND_THE_EVALUATOR.some((pattern) => pattern.test(id)));

/** What a caller chooses. */
const WAYS: Choices = {
  'aws:securetransport': ['true', 'false'],
  'aws:sourcevpce': [undefined, 'vpce-1a2b3c4d'],
  'aws:sourceip': ['192.0.2.1', '198.51.100.1'],
  's3:x-amz-server-side-encryption': [undefined, 'aws:kms', 'AES256'],
  's3:tlsversion': ['1.1', '1.3'],
  'kms:viaservice': [undefined, 's3.eu-west-1.amazonaws.com', 'sqs.eu-west-1.amazonaws.com'],
  'kms:grantisforawsresource': ['true', 'false'],
  'kms:encryptioncontext:tenant': [undefined, 'blue', 'red'],
  'elasticfilesystem:accessedviamounttarget': ['true', 'false'],
};

/** What nobody chooses and the templates do not tell. */
const WORLDS: Choices = {
  'aws:principalorgid': [undefined, 'o-exampleorg1', 'o-exampleorg2'],
  'aws:userid': ['AROAROLE:eks-pod', 'AROAEXAMPLEID:eks-pod'],
  // A tag of the stack, if the role has none.
  'aws:principaltag/team': [undefined, 'green'],
};

/** Keys that follow from the resource and from the pods. MFA: false or missing. */
const KNOWN: Choices = {
  'aws:resourceaccount': ['111122223333'],
  'aws:requestedregion': ['eu-west-1'],
  'aws:multifactorauthpresent': ['false', undefined],
};

test('there are cases enough', () => {
  expect(CASES.length).toBeGreaterThan(600);
});

test.each(CASES.map((row) => [row.id, row] as const))('%s', (_id, row) => {
  expect(accessOfRow(row)).toBe(row.access);
});

/** The access of all requests that the session policy names, each beside the policy of its own resource. */
function accessOfRow(row: ResourcePolicyCase): Access {
  const universes = universesOf(row);
  expect(universes).not.toHaveLength(0);
  const verdicts = universes.map(accessOf);
  const worst = (['not allowed', 'denied', 'unknown', 'depends'] as const).find((access) => verdicts.includes(access));
  return worst ?? 'allowed';
}

function universesOf({ template }: ResourcePolicyCase): readonly Universe[] {
  const { Resources: resources } = template as { Resources: Resources };
  const { Role, Boundary, Pods } = resources;
  const session = JSON.parse(resolve(Pods.Properties.Policy, resources)) as PolicyDocument;
  const identity = (resolve(Role.Properties.Policies ?? [], resources) as any[]).map((each) => each.PolicyDocument);
  return requestsIn(session).map((request) => ({
    caller: {
      roleArn: arnOf('Role', resources),
      account: '111122223333',
      identity,
      session,
      boundary: Boundary && resolve(Boundary.Properties.PolicyDocument, resources),
      resourcePolicy: ownerOf(request.resource, resources),
    },
    requests: [request],
    ways: namedIn(resources, WAYS),
    worlds: { ...namedIn(resources, WORLDS), ...roleKeys(resources), ...KNOWN },
  }));
}

/** One request for each action and pattern. */
function requestsIn(session: PolicyDocument): ReadonlyArray<Pick<Request, 'action' | 'resource'>> {
  const instanceOf = (pattern: string) => (pattern === '*' ? '*' : pattern.replaceAll('*', 'any'));
  return statementsOf(session).flatMap(({ Action, Resource }) => listOf(Action).flatMap(
    (action) => listOf(Resource).map((pattern) => ({ action, resource: instanceOf(pattern) }))));
}

function ownerOf(resource: string, resources: Resources): Owner {
  const isPolicyOf = (arn: string) => resource === arn || resource.startsWith(`${arn}/`);
  const attached = attachedPolicies(resources).filter(({ arn }) => isPolicyOf(arn));
  const statements = attached.flatMap((each) => each.statements);
  return {
    kind: /:key\//.test(resource) ? 'kms' : 'other',
    account: '111122223333',
    document: statements.length > 0 ? { Version: '2012-10-17', Statement: statements } : undefined,
  };
}

/** Keys that the template does not name make no difference. A permission names them in its properties. */
function namedIn(resources: Resources, choices: Choices): Choices {
  const text = JSON.stringify(resources).toLowerCase();
  return Object.fromEntries(Object.entries(choices).filter(([key]) => text.includes(key.replace('aws:', ''))));
}

/** The tags of the role, and its unique id if the template refers to it. */
function roleKeys(resources: Resources): Choices {
  const { Tags = [] } = resources.Role.Properties;
  const tags = Tags.map(({ Key, Value }: any) => [`aws:principaltag/${Key}`, [Value]]);
  const knowsId = JSON.stringify(resources).includes('Role.RoleId');
  return { ...Object.fromEntries(tags), ...(knowsId ? { 'aws:userid': ['AROAROLE:eks-pod'] } : {}) };
}
