import { parsePolicy } from '../../lib/engine';
import { Evaluator } from '../../lib/template/evaluator';
import { KnownPermissions, PermissionsDeclaration } from '../../lib/template/known-permissions';
import { RoleLayers } from '../../lib/template/role-layers';
import { TemplateSet } from '../../lib/template/template-set';

const ROLE = 'arn:aws:iam::111122223333:role/pods';
const POLICY = 'arn:aws:iam::111122223333:policy/team';
const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };

function layersOf(...declarations: PermissionsDeclaration[]) {
  const evaluator = new Evaluator(new TemplateSet([]));
  return new RoleLayers(evaluator, new KnownPermissions(evaluator, declarations, () => undefined)).of({ arn: ROLE });
}

const HOW =
  'read it with credentials that are allowed to: `cdk-pod-identity snapshot` writes what it has to a file';

test('a role that could not be read has unknown policies, and says why', () => {
  const [identity, ...others] = layersOf({ source: 'IAM', arn: ROLE, unread: 'iam:GetRole was denied' });
  expect(others).toEqual([]);
  expect(identity).toEqual({
    name: 'identity policies',
    policies: [],
    gaps: [{
      code: 'IncompleteRole',
      message: `what the role ${ROLE} has is not known: iam:GetRole was denied`,
      resolution: HOW,
      need: 'snapshot',
    }],
  });
});

test('so has a role one of whose managed policies could not be read, beside what is known', () => {
  const role = { identityPolicies: [{ name: "inline policy 'a'", document: DOCUMENT }], managedPolicyArns: [POLICY] };
  const [identity] = layersOf(
    { source: 'IAM', arn: ROLE, role }, { source: 'IAM', arn: POLICY, unread: 'it was deleted' },
  );
  expect(identity.policies).toEqual([parsePolicy(DOCUMENT, "inline policy 'a' (IAM)").policy]);
  expect(identity.gaps).toEqual([
    {
      code: 'IncompleteRole',
      message: `what the managed policy ${POLICY} of the role ${ROLE} has is not known: it was deleted`,
      resolution: HOW,
      need: 'snapshot',
    },
  ]);
});

test('a boundary that could not be read is not taken for none', () => {
  const role = { identityPolicies: [], managedPolicyArns: [], permissionsBoundaryArn: POLICY };
  const layers = layersOf({ source: 'IAM', arn: ROLE, role }, { source: 'IAM', arn: POLICY, unread: 'it was deleted' });
  expect(layers.map(({ name, gaps }) => [name, gaps.length])).toEqual([
    ['identity policies', 0], ['permissions boundary', 1],
  ]);
});
