/**
 * What the forms of the reference do not say about the names of resources: patterns that have the form of an ARN, and match none.
 *
 * Rounds toward `undefined`: a pattern is one only if no value of its wildcards and deploy-time values makes it match.
 */
import { partsOf, SymbolicString } from '../engine';

export interface NoResource {
  /** A sentence without a period. */
  readonly why: string;
  /** What is probably meant. */
  readonly meant: string | SymbolicString;
}

/** Why no resource has an ARN that the pattern matches. */
export function noResource(source: string | SymbolicString): NoResource | undefined {
  return withoutSuffix(source) ?? withTwoSlashes(source);
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html#iam-resources */
function withoutSuffix(source: string | SymbolicString): NoResource | undefined {
  const parts = partsOf(source);
  const text = parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
  const last = parts[parts.length - 1];
  const [, name] = /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:(.+)$/.exec(text) ?? [];
  if (name === undefined || typeof last !== 'string' || name.includes('${')) { return undefined; }
  const end = name.slice(name.lastIndexOf('*') + 1);
  const isSuffix = /^[a-z0-9?]*$/i.test(end.slice(-SUFFIX)) && (end.length <= SUFFIX ? name.length > end.length : /[-?]/.test(end.slice(-SUFFIX - 1)[0]));
  return isSuffix ? undefined : {
    why: 'ARNs of secrets end with a hyphen and six random characters',
    meant: SymbolicString.of(source, '-??????'),
  };
}

const SUFFIX = 6;

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html */
function withTwoSlashes(source: string | SymbolicString): NoResource | undefined {
  const [first, ...others] = partsOf(source);
  const [, beginning, rest] = typeof first === 'string' ? /^(arn:[^:]*:ssm:[^:]*:[^:]*:parameter\/)\/(.*)$/s.exec(first) ?? [] : [];
  return beginning === undefined ? undefined : {
    why: 'the ARN of the parameter /app/x is …:parameter/app/x, with one slash',
    meant: SymbolicString.of(beginning, rest, ...others),
  };
}
