/**
 * Services with a single endpoint: their requests have its region, whatever the region of the caller.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html
 */
import { splitAction } from '../engine';

/**
 * In the partition `aws`, the endpoint of these is in us-east-1. That of Route 53 may fail over to us-west-2.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/accelerated-recovery.html
 */
const IN_US_EAST_1: ReadonlySet<string> = new Set(['cloudfront', 'iam', 'organizations']);

/** The service that a role is passed to asks about it, in its own region: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
const ASKED_BY_OTHER_SERVICES: ReadonlySet<string> = new Set(['iam:PassRole']);

/** The region of the only endpoint in the partition `aws`. @param action such as `iam:GetRole`. */
export function endpointRegion(action: string): string | undefined {
  return IN_US_EAST_1.has(splitAction(action)[0]) && !ASKED_BY_OTHER_SERVICES.has(action) ? 'us-east-1' : undefined;
}
