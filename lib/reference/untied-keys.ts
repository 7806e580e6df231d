/**
 * Actions for which a condition key does not follow from the ARN of the resource.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { splitAction } from '../engine';

/** Their requests lack `aws:ResourceAccount`, `aws:ResourceOrgID` and `aws:ResourceOrgPaths`, at least for some resources. */
const WITHOUT_RESOURCE_ACCOUNT: ReadonlySet<string> = new Set([
  'auditmanager:UpdateAssessmentFrameworkShare', 'detective:AcceptInvitation', 'ds:AcceptSharedDirectory', 'ebs:*',
  'ec2:AcceptTransitGatewayPeeringAttachment', 'ec2:AcceptVpcEndpointConnections', 'ec2:AcceptVpcPeeringConnection', 'ec2:CopyFpgaImage',
  'ec2:CopyImage', 'ec2:CopySnapshot', 'ec2:CreateTransitGatewayPeeringAttachment', 'ec2:CreateVolume', 'ec2:CreateVpcEndpoint',
  'ec2:CreateVpcPeeringConnection', 'ec2:DeleteTransitGatewayPeeringAttachment', 'ec2:DeleteVpcPeeringConnection',
  'ec2:RejectTransitGatewayPeeringAttachment', 'ec2:RejectVpcEndpointConnections', 'ec2:RejectVpcPeeringConnection',
  'es:AcceptInboundConnection', 'events:PutEvents', 'guardduty:AcceptAdministratorInvitation', 'macie2:AcceptInvitation',
  'route53:AssociateVPCWithHostedZone', 'route53:CreateVPCAssociationAuthorization', 'route53:DeleteVPCAssociationAuthorization',
  'route53:DisassociateVPCFromHostedZone', 'route53:ListHostedZonesByVPC', 'securityhub:AcceptAdministratorInvitation',
  'workspaces:CopyWorkspaceImage', 'workspaces:DescribeWorkspaceImages',
]);

/** Copies, replicas and peers: the request goes to one region, and the resource may be in another. */
const CROSSES_REGIONS = /Copy|Replica|Replicate|Peer|Global|Restore|CrossRegion|MultiRegion|PrimaryRegion|WitnessRegion/;

/**
 * The same for single actions: events of every region behind the endpoints of AWS Health, shadow trails, and users in the identity
 * region of Amazon QuickSight.
 * @see https://docs.aws.amazon.com/health/latest/ug/health-api.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 * @see https://docs.aws.amazon.com/quicksight/latest/APIReference/API_GenerateEmbedUrlForRegisteredUser.html
 */
const IN_OTHER_REGIONS: ReadonlySet<string> = new Set([
  'cloudtrail:GetTrailStatus', 'health:*', 'quicksight:GenerateEmbedUrlForRegisteredUser',
]);

/** The keys, in lower case, that do not follow from the ARN. @param action such as `ec2:CopySnapshot`. */
export function untiedKeys(action: string): readonly string[] {
  const [prefix, name = ''] = splitAction(action);
  const isIn = (actions: ReadonlySet<string>) => actions.has(action) || actions.has(`${prefix}:*`);
  return [
    ...(isIn(WITHOUT_RESOURCE_ACCOUNT) ? ['aws:resourceaccount', 'aws:resourceorgid'] : []),
    ...(CROSSES_REGIONS.test(name) || isIn(IN_OTHER_REGIONS) ? ['aws:requestedregion'] : []),
  ];
}
