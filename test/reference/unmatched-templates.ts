/**
 * Where the CloudFormation specification differs from the catalog. Each was looked at, and the catalog is right as far as is known.
 */

/** Templates of ARNs, with their types, that no action is authorized on by their form. */
export const UNMATCHED_TEMPLATES: { readonly [why: string]: readonly string[] } = {
  'AWS documents another ARN than the template.': [
    // …:directory/${DirectoryId}: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsdirectoryservice.html
    'AWS::DirectoryService::MicrosoftAD arn:${Partition}:ds:${Region}:${Account}:${DirectoryId}',
    // with a generated part: https://docs.aws.amazon.com/iot/latest/apireference/API_DescribeDomainConfiguration.html
    'AWS::IoT::DomainConfiguration arn:${Partition}:iot:${Region}:${Account}:domainconfiguration/${DomainConfigurationName}',
    // …:ImportTask/${ImportTaskId}: https://docs.aws.amazon.com/iot-wireless/latest/developerguide/sidewalk-provision-devices.html
    'AWS::IoTWireless::WirelessDeviceImportTask arn:${Partition}:iotwireless:${Region}:${Account}:WirelessDeviceImportTask/${WirelessDeviceImportTaskId}',
    // in no region: https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_plan_execution.html
    'AWS::ARCRegionSwitch::Plan arn:${Partition}:arc-region-switch:${Region}:${Account}:plan/${ResourceId}',
    // of `datazone`: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondatazone.html
    'AWS::DataZone::DataSource arn:${Partition}:datazonecontrol:${Region}:${Account}:data-source/${DomainId}',
    'AWS::DataZone::Environment arn:${Partition}:datazonecontrol:${Region}:${Account}:domain/${DomainId}',
  ],
  'The reference lists the actions without a resource type, so nothing is ruled out.': [
    'AWS::SES::ReceiptFilter arn:${Partition}:ses:${Region}:${Account}:receipt-filter/${ReceiptFilterName}',
    'AWS::SES::ReceiptRuleSet arn:${Partition}:ses:${Region}:${Account}:receipt-rule-set/${ReceiptRuleSetName}',
    'AWS::CloudFormation::GeneratedTemplate arn:${Partition}:cloudformation:${Region}:${Account}:generatedTemplate/${Id}',
    'AWS::PricingPlanManager::Subscription arn:${Partition}:pricingplanmanager::${Account}:subscription/${SubscriptionId}',
  ],
  'The actions are authorized on another resource: the load balancer of the certificate.': [
    'AWS::Lightsail::LoadBalancerTlsCertificate arn:${Partition}:lightsail:${Region}:${Account}:LoadBalancerTlsCertificate/${Id}',
  ],
};

/** Types that CloudFormation can tag, and that have `aws:ResourceTag` in no request by the reference. */
export const UNTAGGED_TYPES: { readonly [why: string]: readonly string[] } = {
  'The reference lists tagging actions of the service without keys of tags.': [
    'AWS::DAX::Cluster', 'AWS::Route53::HealthCheck', 'AWS::Route53::HostedZone',
  ],
  'The service has its own key, iotanalytics:ResourceTag.': [
    'AWS::IoTAnalytics::Channel', 'AWS::IoTAnalytics::Dataset', 'AWS::IoTAnalytics::Datastore',
    'AWS::IoTAnalytics::Pipeline',
  ],
  'The template is of the permissions that AWS manages, which are in no region.': ['AWS::RAM::Permission'],
  'The reference lists no action that tags them.': [
    'AWS::MediaTailor::PrefetchSchedule', 'AWS::Personalize::Schema', 'AWS::QuickSight::Agent',
    'AWS::QuickSight::Space', 'AWS::Redshift::QEV2IdcApplication',
  ],
};
