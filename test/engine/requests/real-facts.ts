/**
 * What AWS's pages say about the values of condition keys, and about the names in ARNs. Both the requests that are made up and the
 * check of witnesses rest on it. Written from the pages alone.
 */
import { isListedAs, lists, RealAction, RealType } from './real-reference';

/** Keys of the requests of a role's session, which are always the same: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties */
export function principalKeys(arn: string): ReadonlyMap<string, string> {
  return new Map([
    ['aws:principalarn', arn],
    ['aws:principalaccount', arn.split(':')[4]],
    ['aws:principaltype', 'AssumedRole'],
    ['aws:principalisawsservice', 'false'],
  ]);
}

/** Keys that each request has. */
export const ALWAYS = [
  'aws:userid', 'aws:tokenissuetime', 'aws:securetransport', 'aws:currenttime', 'aws:epochtime', 'aws:requestedregion',
  'aws:viaawsservice',
];

/** Keys that no request of a role's session has: users, MFA devices, federated principals and services have them. */
export const NEVER = [
  'aws:username', 'aws:multifactorauthage', 'aws:federatedprovider', 'aws:principalservicename',
  'aws:principalservicenameslist',
];

/** Global keys, but for tags of resources and requests, which the reference lists for each action. */
export const GLOBAL = [
  ...ALWAYS, ...NEVER, 'aws:principalarn', 'aws:principalaccount', 'aws:principaltype', 'aws:principalisawsservice',
  'aws:principalorgid', 'aws:principalorgpaths', 'aws:multifactorauthpresent', 'aws:sourceip', 'aws:sourcevpc',
  'aws:sourcevpce', 'aws:vpcsourceip', 'aws:resourceaccount', 'aws:resourceorgid', 'aws:resourceorgpaths',
  'aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast', 'aws:referer', 'aws:useragent', 'aws:sourcearn',
  'aws:sourceaccount', 'aws:sourceidentity',
];

export function isGlobal(key: string): boolean {
  return GLOBAL.includes(key) || key.startsWith('aws:principaltag/');
}

/** Actions without `aws:ResourceAccount`: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount */
const WITHOUT_RESOURCE_ACCOUNT = [
  'ec2:AcceptTransitGatewayPeeringAttachment', 'ec2:AcceptVpcEndpointConnections', 'ec2:AcceptVpcPeeringConnection',
  'ec2:CopyFpgaImage', 'ec2:CopyImage', 'ec2:CopySnapshot', 'ec2:CreateTransitGatewayPeeringAttachment',
  'ec2:CreateVolume', 'ec2:CreateVpcEndpoint', 'ec2:CreateVpcPeeringConnection',
  'ec2:DeleteTransitGatewayPeeringAttachment',
  'ec2:DeleteVpcPeeringConnection', 'ec2:RejectTransitGatewayPeeringAttachment', 'ec2:RejectVpcEndpointConnections',
  'ec2:RejectVpcPeeringConnection', 'events:PutEvents',
];

export function hasResourceAccount(action: string): boolean {
  return !WITHOUT_RESOURCE_ACCOUNT.includes(action);
}

/** Copies name a resource of another Region than the one that is called. */
export function mayCrossRegions(action: string): boolean {
  return /Copy|Replica|Restore|Global|Peering/.test(action);
}

/** Each request of the action has the key. `iam:PassedToService`: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
export function isAlwaysInAction(action: string, key: string): boolean {
  return action === 'iam:PassRole' && key === 'iam:passedtoservice';
}

/** The names under which a request has a tag of its resource, in lower case. */
export function tagKeys(action: RealAction, type: RealType | undefined, tag: string): string[] {
  const listed = type?.keys ?? action.keys;
  return ['aws', action.service].map((prefix) => `${prefix}:resourcetag/${tag}`).filter((key) => lists(listed, key));
}

/** The tag that a key is a tag of the resource by. */
export function tagOf(key: string): string | undefined {
  return /^[a-z0-9-]+:resourcetag\/(.+)$/.exec(key)?.[1];
}

/** Keys whose value the ARN of the resource or the role tells. */
export function tiedKeys(action: RealAction, resource: string, principalAccount: string): ReadonlyMap<string, string> {
  const [, , , region, account] = resource.split(':');
  const tied = new Map<string, string>();
  if (resource !== '*' && region !== '' && !mayCrossRegions(action.name)) { tied.set('aws:requestedregion', region); }
  if (resource !== '*' && /^\d{12}$/.test(account) && hasResourceAccount(action.name)) {
    tied.set('aws:resourceaccount', account);
  }
  if (lists(action.keys, 'kms:CallerAccount')) { tied.set('kms:calleraccount', principalAccount); }
  return tied;
}

// ---- Names in ARNs ----

const TEXT = '[^:/]+';
const PATH = '[^:]+';

/** What stands for a placeholder, by service and name; other names have no colon and no slash. The pages of the services say so. */
const NAMES: { readonly [placeholder: string]: string } = {
  '*': '\\*',
  'Partition': 'aws(?:-[a-z-]+)?',
  'Region': '[a-z]+(?:-[a-z]+)+-\\d',
  'Account': '(?:\\d{12}|aws)',
  's3:ObjectName': '[^]+',
  'ssm:ParameterNameWithoutLeadingSlash': '[a-zA-Z0-9_./-]+',
  'secretsmanager:SecretId': '[a-zA-Z0-9/_+=.@!-]+',
  'kms:Alias': '[a-zA-Z0-9/_-]+',
  'logs:LogGroupName': '[.\\-_/#A-Za-z0-9]+',
  'logs:LogStreamName': '[^:*]+',
  'iam:RoleNameWithPath': '[\\w+=,.@/-]+',
  'ecr:RepositoryName': '[a-z0-9/_.-]+',
  'dynamodb:StreamLabel': '[0-9T:.-]+',
  'dynamodb:TableName': '[a-zA-Z0-9_.-]+',
  'dynamodb:IndexName': '[a-zA-Z0-9_.-]+',
  'dynamodb:BackupName': '[0-9]+-[0-9a-f]+',
  's3:BucketName': '[a-zA-Z0-9._-]+',
  's3:AccessPointName': '[a-z0-9-]+',
  'sqs:QueueName': '[a-zA-Z0-9_-]+(?:\\.fifo)?',
  'sns:TopicName': '[a-zA-Z0-9_-]+(?:\\.fifo)?',
  'kms:KeyId': '[a-z0-9-]+',
  'lambda:FunctionName': '[a-zA-Z0-9_-]+',
  'lambda:Alias': '[a-zA-Z0-9_-]+',
  'lambda:Version': '(?:[0-9]+|\\$LATEST)',
  'kinesis:StreamName': '[a-zA-Z0-9_.-]+',
  'kinesis:StreamType': 'stream',
  'kinesis:ConsumerName': '[a-zA-Z0-9_.-]+',
  'kinesis:ConsumerCreationTimpstamp': '[0-9]+',
  'states:StateMachineName': '[a-zA-Z0-9_-]+',
  'states:StateMachineAliasName': '[a-zA-Z0-9_.-]+',
  'states:ExecutionId': '[^:/*]+',
  'events:EventBusName': '[/.\\-_A-Za-z0-9]+',
  'events:RuleName': '[.\\-_A-Za-z0-9]+',
  'ec2:InstanceId': 'i-[0-9a-z]+',
};

/** The name is the last part of the ARN, and may have slashes. */
const WITH_PATH = /WithPath$|Path$|^(ResourceId|Token|Operation|DocumentName)$/;

export function placeholdersOf(form: string): string[] {
  return [...form.matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => name);
}

/** What text may stand for a placeholder of a form. `lenient` asks only for separators. */
export function expressionOf(service: string, placeholder: string, lenient: boolean): string {
  const known = NAMES[placeholder] ?? NAMES[`${service}:${placeholder}`];
  if (known === undefined) { return WITH_PATH.test(placeholder) ? PATH : TEXT; }
  if (!lenient || !placeholder.match(/^[A-Z]/) || ['Partition', 'Region', 'Account'].includes(placeholder)) {
    return known;
  }
  return known.includes('[^]') ? '[^]+' : /[/]|\[\^:\*\]/.test(known) ? PATH : TEXT;
}

const EXPRESSIONS = new Map<string, RegExp>();

/** Matches the ARNs of a form. */
export function formExpression(service: string, form: string, lenient = false): RegExp {
  const key = `${service} ${form} ${lenient}`;
  const known = EXPRESSIONS.get(key);
  if (known) { return known; }
  const source = form.split(/(\$\{[^}]*\})/).map((part) => (part.startsWith('${')
    ? expressionOf(service, part.slice(2, -1), lenient)
    : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).join('');
  const made = new RegExp(`^${source}$`);
  EXPRESSIONS.set(key, made);
  return made;
}

/** The type that an ARN is of, among those of an action. */
export function typesOf(action: RealAction, resource: string, lenient = false): RealType[] {
  return action.types.filter(
    (type) => type.forms.some((form) => formExpression(action.service, form, lenient).test(resource)),
  );
}

/** Whether the action has the key at all: `certain` if the reference lists it for the action or its type. */
export function isListed(action: RealAction, type: RealType | undefined, key: string): 'certain' | 'possible' | 'no' {
  if (lists(type?.keys ?? action.keys, key)) { return 'certain'; }
  return type?.keysOfType.some((listed) => isListedAs(listed, key)) ? 'possible' : 'no';
}
