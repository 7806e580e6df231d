/**
 * Apps that own the resources that they grant, with the resource policies that such resources have: what the CDK writes with and without
 * its recommended feature flags, `enforceSSL`, and policies of the author. In each of them, a grant of the CDK is enough: AWS allows the request.
 *
 * The policies deny only requests without TLS, and the key policies either let IAM policies decide or name who is granted something.
 * See https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
import { App, InjectionContext, IPropertyInjector, PropertyInjectors, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { Construct, IConstruct } from 'constructs';

export interface Ownership {
  readonly name: string;
  /** The feature flags of the app. */
  readonly flags: { readonly [flag: string]: unknown };
  /** What the author gives every key. */
  readonly keyProps: (scope: Construct) => kms.KeyProps;
}

const NEW_APP = { ...CURRENTLY_RECOMMENDED_FLAGS };

/** A key with a policy of the author: the CDK adds grants to the policies of the grantee alone, because the app says nothing else. */
const keyWith = (...statements: iam.PolicyStatementProps[]): kms.KeyProps => ({
  policy: new iam.PolicyDocument({
    statements: statements.map((props) => new iam.PolicyStatement({ resources: ['*'], ...props })),
  }),
});

const ACCOUNT = [new iam.AccountRootPrincipal()];
const ANYBODY = [new iam.AnyPrincipal()];

export const OWNERSHIPS: readonly Ownership[] = [
  { name: 'an app without feature flags, and keys with the policy of the CDK', flags: {}, keyProps: () => ({}) },
  { name: 'a new app, with all recommended flags', flags: NEW_APP, keyProps: () => ({ enableKeyRotation: true }) },
  {
    name: 'keys that let IAM policies decide',
    flags: NEW_APP,
    keyProps: () => keyWith({ principals: ACCOUNT, actions: ['kms:*'] }),
  },
  {
    name: 'keys that let IAM policies decide about administration and about use, each in a statement',
    flags: NEW_APP,
    keyProps: () => keyWith({
      sid: 'Administration',
      principals: ACCOUNT,
      actions: ['kms:Create*', 'kms:Describe*', 'kms:Enable*', 'kms:Put*', 'kms:Update*', 'kms:ScheduleKeyDeletion'],
    }, {
      sid: 'Use',
      principals: ACCOUNT,
      actions: [
        'kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Sign', 'kms:Verify',
        'kms:GetPublicKey',
      ],
    }),
  },
  {
    name: 'keys that let everybody in the account use them',
    flags: NEW_APP,
    keyProps: (scope) => keyWith({
      principals: ANYBODY,
      actions: ['kms:*'],
      conditions: { StringEquals: { 'kms:CallerAccount': Stack.of(scope).account } },
    }),
  },
  {
    name: 'keys that let every role of the account use them, and an administrator',
    flags: NEW_APP,
    keyProps: (scope) => keyWith({
      principals: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/admin')], actions: ['kms:*'],
    }, {
      principals: ANYBODY,
      actions: ['kms:*'],
      conditions: { ArnLike: { 'aws:PrincipalArn': `arn:*:iam::${Stack.of(scope).account}:role/*` } },
    }),
  },
];

/**
 * Keys that nobody but an administrator may use. The CDK treats them as keys that let IAM policies decide, and adds grants to no key policy. So AWS denies
 * the grants: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export const KEYS_OF_ADMINISTRATOR: Ownership = {
  name: 'keys of an administrator alone',
  flags: NEW_APP,
  keyProps: () => keyWith({
    principals: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/admin')], actions: ['kms:*'],
  }),
};

/** A stack whose resources are owned in this way. */
export function stackOwning({ flags, keyProps }: Ownership): Stack {
  const app = new App({ context: { ...flags, '@aws-cdk/core:stackResourceLimit': 0 } });
  PropertyInjectors.of(app).add(
    injector(s3.Bucket.PROPERTY_INJECTION_ID, () => ({ enforceSSL: true })),
    injector(sqs.Queue.PROPERTY_INJECTION_ID, () => ({ enforceSSL: true })),
    injector(sns.Topic.PROPERTY_INJECTION_ID, () => ({ enforceSSL: true })),
    injector(kms.Key.PROPERTY_INJECTION_ID, keyProps),
  );
  return new Stack(app, 'Stack');
}

function injector(constructUniqueId: string, defaults: (scope: Construct) => object): IPropertyInjector {
  return {
    constructUniqueId,
    inject: (props: object | undefined, { scope }: InjectionContext) => ({ ...defaults(scope), ...props }),
  };
}

/** The services whose resources can have a policy in the CDK, by the names of their modules. */
const SERVICES: { readonly [module: string]: string } = {
  'aws-backup': 'backup',
  'aws-dynamodb': 'dynamodb',
  'aws-ecr': 'ecr',
  'aws-efs': 'elasticfilesystem',
  'aws-events': 'events',
  'aws-kinesis': 'kinesis',
  'aws-kms': 'kms',
  'aws-s3': 's3',
  'aws-secretsmanager': 'secretsmanager',
  'aws-sns': 'sns',
  'aws-sqs': 'sqs',
};

export const MODULES_WITH_POLICIES: readonly string[] = Object.keys(SERVICES);

/** Gives every resource below a construct that can have a policy a statement that denies requests without TLS. Returns their modules. */
export function denyWithoutTls(scope: IConstruct): readonly string[] {
  return scope.node.findAll().flatMap((node) => {
    const { addToResourcePolicy, addToAccessPolicy, constructor } = node as any;
    const add = addToResourcePolicy ?? addToAccessPolicy;
    const [, module] = /^aws-cdk-lib\.([\w-]+)\./.exec((constructor as any).PROPERTY_INJECTION_ID ?? '') ?? [];
    const service = SERVICES[module];
    if (!add || service === undefined) { return []; }
    add.call(node, new iam.PolicyStatement({
      sid: 'DenyWithoutTls',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: [`${service}:*`],
      resources: resourcesOf(node, service),
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }));
    return [module];
  });
}

/** Policies of some services name their resource, and those of others apply to it alone. */
function resourcesOf(resource: any, service: string): string[] | undefined {
  switch (service) {
    case 'ecr': return undefined;
    case 's3': return [resource.bucketArn, resource.arnForObjects('*')];
    case 'sns': return [resource.topicArn];
    case 'sqs': return [resource.queueArn];
    case 'events': return [resource.eventBusArn];
    case 'kinesis': return [resource.streamArn ?? resource.streamConsumerArn];
    case 'elasticfilesystem': return [resource.fileSystemArn];
    default: return ['*'];
  }
}
