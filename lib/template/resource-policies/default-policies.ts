/** The policies that services give to resources without one, where they are more than what identity policies allow. */
import { ProtectedResource } from './protected-resource';
import { readStatement } from './read-statement';
import { Json } from '../../engine';

interface DefaultPolicy {
  readonly statement: Json;
  /** Whether it is certain what the statement is to the sessions of a role. */
  readonly isCertain: boolean;
}

const DEFAULTS: ReadonlyMap<string, DefaultPolicy> = new Map([
  /** Every client that reaches a mount target: https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html */
  ['AWS::EFS::FileSystem', {
    isCertain: true,
    statement: {
      Effect: 'Allow', Principal: '*', Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite', 'elasticfilesystem:ClientRootAccess'],
    },
  }],
  /** With a condition on AWS:SourceOwner, of which no page says what it is in requests of a role: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html */
  ['AWS::SNS::Topic', {
    isCertain: false,
    statement: {
      Effect: 'Allow',
      Principal: '*',
      Action: [
        'sns:GetTopicAttributes', 'sns:SetTopicAttributes', 'sns:AddPermission', 'sns:RemovePermission', 'sns:DeleteTopic', 'sns:Subscribe',
        'sns:ListSubscriptionsByTopic', 'sns:Publish',
      ],
    },
  }],
]);

export const DEFAULT_POLICY_TYPES: readonly string[] = [...DEFAULTS.keys()];

/** The resource with the default policy of its type, if it has none of its own. */
export function withDefaultPolicy(resource: ProtectedResource): ProtectedResource {
  const found = DEFAULTS.get(resource.type);
  if (!found || resource.hasPolicy || resource.doubts.length > 0) { return resource; }
  const statements = readStatement(found.statement, 0, '2012-10-17', resource) ?? [];
  return { ...resource, statements: statements.map((one) => ({ ...one, isCertain: found.isCertain })) };
}
