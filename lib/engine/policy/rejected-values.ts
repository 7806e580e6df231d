/**
 * Text of session policies that AWS certainly rejects although it fits the grammar: resources that no ARN can be, dates that are
 * none, addresses that are none. `parse-session-policy.ts` reports it.
 *
 * Rounds toward acceptance: `undefined` for all that AWS accepts somewhere, or that nothing documents. The messages of IAM in the
 * comments were recorded from its API, by https://github.com/getmoto/moto/blob/master/tests/test_iam/test_iam_policies.py unless
 * another source is given.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
import { splitArn } from '../strings/arn';
import { partsOf, SymbolicString } from '../strings/symbolic-string';

const HEADER = ['arn', 'partition', 'service', 'region', 'account'] as const;
type Field = typeof HEADER[number];

/** Why AWS rejects the resource, as the rest of a sentence that begins with it. */
export function whyResourceRejected(source: string | SymbolicString): string | undefined {
  const text = readable(source);
  if (text === undefined || /^[*?]+$/.test(text)) { return undefined; }
  // 'Resource … must be in ARN format or "*".'
  if (!text.includes(':')) { return text.includes(OPEN) ? undefined : NO_ARN; }
  const [prefix, partition = OPEN, service = OPEN, region = OPEN, account = OPEN, rest] = splitArn(text);
  const fields: { readonly [field in Field]: string } = { arn: prefix, partition, service, region, account };
  return whyHeaderRejected(fields) ?? (rest === undefined ? undefined : whyGlobalRejected(fields, rest));
}

const NO_ARN = "is neither an ARN (arn:partition:service:region:account:resource) nor '*'";

/** Stands for a part that is not known, or that may be anything. */
const OPEN = '\u0000';

/** The text with `OPEN` for its variables; `undefined` if a variable may hold colons, and so change the fields. */
function readable(source: string | SymbolicString): string | undefined {
  const texts = partsOf(source).map((part) => (typeof part === 'string' ? part : (part.kind.characters ?? ':').includes(':') ? undefined : OPEN));
  return texts.includes(undefined) ? undefined : texts.join('').replace(/\$\{[\w.-]+:[^{}]*\}/g, OPEN);
}

function isWritten(field: string): boolean {
  return field !== '' && !/[*?]/.test(field) && !field.includes(OPEN);
}

function whyHeaderRejected({ arn, partition, service, account }: { readonly [field in Field]: string }): string | undefined {
  if (isWritten(arn) && arn !== 'arn') { return NO_ARN; }
  // 'Partition "…" is not valid for resource "…".' Also for `${ARN_PARTITION}`: https://github.com/cloudera-labs/cloudera.exe/issues/114
  if (isWritten(partition) && !/^aws(-[a-z0-9-]+)?$/.test(partition)) { return `has the partition '${partition}', which AWS does not have`; }
  // 'Resource vendor must be fully qualified and cannot contain regexes.', 'The policy failed legacy parsing'
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html: no wildcard in the service segment
  if (service === '' || /[*?]/.test(service)) { return 'does not name its service; AWS allows no wildcard there'; }
  // Invalid ARN account: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
  // A placeholder in braces, as in guides, makes IAM's parser fail. Other text that is not an account, such as `account-id`, is accepted.
  return isWritten(account) && /[${}]/.test(account) ? `has '${account}' in place of an account ID` : undefined;
}

/** Types of S3 whose ARNs have a region: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const REGIONAL_IN_S3 = ['accesspoint', 'access-grants', 'async-request', 'job', 'storage-lens', 'storage-lens-group'];

/** The names that IAM's error message lists, and the root user, which AWS's own IAMDeleteRootUserCredentials has. */
const TYPES_OF_IAM = [
  'user', 'federated-user', 'role', 'group', 'instance-profile', 'mfa', 'server-certificate', 'policy', 'sms-mfa', 'saml-provider', 'oidc-provider',
  'report', 'access-report', 'root',
];

/** ARNs of services that have no regions, or no accounts. */
function whyGlobalRejected({ service, region, account }: { readonly [field in Field]: string }, rest: string): string | undefined {
  switch (service) {
    case 'iam': {
      // 'IAM resource … cannot contain region information.'
      if (isWritten(region)) { return `has the region '${region}'; ARNs of IAM have none`; }
      return isPathOfIam(rest) ? undefined : "does not name a type of IAM, such as 'role/'";
    }
    case 's3': {
      const [type] = rest.split(/[/:]/);
      if (!isWritten(type) || REGIONAL_IN_S3.includes(type)) { return undefined; }
      // 'Resource … can not contain region information.'
      if (isWritten(region)) { return `has the region '${region}'; ARNs of buckets have none`; }
      // ARN account not allowed: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
      return isWritten(account) ? `has the account '${account}'; ARNs of buckets have none` : undefined;
    }
    default: return undefined;
  }
}

/** 'IAM resource path must either be "*" or start with user/, …'. The form `*` + `/*` is rejected, too: https://github.com/duo-labs/parliament/pull/177 */
function isPathOfIam(rest: string): boolean {
  if (rest === '*' || rest.startsWith(OPEN) || rest.startsWith('?')) { return true; }
  if (rest.startsWith('*') || rest === '') { return false; }
  const [type] = rest.split('/');
  return rest.includes('/') || !isWritten(type) || TYPES_OF_IAM.includes(type);
}

/** Why AWS rejects the value of a condition, as the rest of a sentence that begins with it. @param base the operator, without set operator and `IfExists` */
export function whyValueRejected(base: string, value: string): string | undefined {
  if (value.includes('${')) { return undefined; }
  // 'The policy failed legacy parsing'
  if (base.startsWith('Date') && isNoDate(value)) { return 'is not a date: write it as 2026-11-29T00:00:00Z'; }
  // Type mismatch IP range: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
  if (base.endsWith('IpAddress') && isNoIpRange(value)) { return 'is not an IP address, or a range in CIDR notation'; }
  return undefined;
}

const LAST_SECOND = 2n ** 63n - 1n;

/** AWS accepts dates that are cut at either end, such as `2026` and `01T`, so only what is certain is none. */
function isNoDate(text: string): boolean {
  if (/^\d+$/.test(text)) { return isAfterLastSecond(text.replace(/^0+/, '')); }
  const [, month, day, hour, minute, second] = /^-?\d+(?:-(\d+)(?:-(\d+))?)?(?:T(?:(\d+)(?::(\d+)(?::(\d+)(?:\.[\d.]*)?)?)?)?(?:Z|[+-][\d:]+)?)?$/i.exec(text) ?? [NONE, NONE];
  const exceeds = (part: string | undefined, least: number, most: number) => part !== undefined && !(Number(part) >= least && Number(part) <= most);
  return exceeds(month, 1, 12) || exceeds(day, 1, 31) || exceeds(hour, 0, 24) || exceeds(minute, 0, 59) || exceeds(second, 0, 60);
}

/** @param digits without leading zeros. To convert very many of them takes long. */
function isAfterLastSecond(digits: string): boolean {
  return digits.length > String(LAST_SECOND).length || BigInt(digits) > LAST_SECOND;
}

const NONE = 'none';

/** Text with other characters than addresses have, or with a number that is too large. */
function isNoIpRange(text: string): boolean {
  const match = /^([0-9a-f.:]+)(?:\/(\d+))?$/i.exec(text);
  if (!match || !/[.:]/.test(match[1])) { return true; }
  const [, address, length = '0'] = match;
  const isVersion6 = address.includes(':');
  if (Number(length) > (isVersion6 ? 128 : 32)) { return true; }
  const fields = address.split('.');
  return !isVersion6 && !(fields.length === 4 && fields.every((field) => /^\d+$/.test(field) && Number(field) <= 255));
}
