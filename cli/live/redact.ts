/**
 * Removes credentials from text before it goes to a terminal, a log or a report. A server, a proxy or an emulator may answer with
 * the request that it received, which contains the access key id, the session token and the signature.
 * Invariant: pure. The text around a secret stays, and a text without secrets does not change.
 */

const REDACTED = '[redacted]';

/**
 * Minimum length of a value that is looked for by its text. Secret access keys have 40 characters, session tokens hundreds; shorter
 * values are those of emulators, such as "test", and replacing them would destroy other words.
 */
const MIN_SECRET = 16;

/** Members, parameters, headers and variables whose values are secret, however they are separated from their names. */
const NAMES = [
  'x-amz-security-token', 'aws_?secret_?access_?key', 'aws_?session_?token', 'secret_?access_?key', 'session_?token', 'security_?token',
  'x-amz-signature', 'signature', 'authorization_?token', 'web_?identity_?token', 'access_?token', 'client_?secret',
].join('|');

const PATTERNS: ReadonlyArray<readonly [RegExp, string]> = [
  // The header with its signature and all its parts, up to the end of the line, the quote or the tag.
  [/\b((?:proxy-)?authorization(?:"|&quot;)?\s*[:=]\s*(?:"|&quot;)?)[^\r\n"<&]+/gi, `$1${REDACTED}`],
  [/\b(AWS4-HMAC-SHA256|AWS4-ECDSA-P256-SHA256)\s*Credential=[^\r\n"<&]+/g, `$1 ${REDACTED}`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{16,}/g, `$1 ${REDACTED}`],
  // A name with its value: Signature=…, "SessionToken": "…", <SessionToken>…, X-Amz-Security-Token%3D…
  [new RegExp(`\\b(${NAMES})((?:"|'|&quot;)?(?:\\s*[:=>]|%3D|%3A|\\s)\\s*(?:"|'|&quot;)?)[\\w.~+/=%-]{16,}`, 'gi'), `$1$2${REDACTED}`],
  // Ids of access keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  [/(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}(?![a-z])/g, REDACTED],
  // The user of a URL.
  [/:\/\/[^\s/@"'<>]+@/g, `://${REDACTED}@`],
];

/**
 * Returns the text without credentials.
 * @param secrets values that are secret wherever they are, such as those of the environment; also recognized if they are cut or
 * percent-encoded
 */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length >= MIN_SECRET).reduce((rest, secret) => withoutValue(rest, secret), text);
  return PATTERNS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), known);
}

/** Returns the values of the environment that are secret. */
export function secretsIn(env: NodeJS.ProcessEnv): string[] {
  return ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_ACCESS_KEY_ID', 'AWS_CONTAINER_AUTHORIZATION_TOKEN'].flatMap((name) => env[name] || []);
}

/** Redacts every string of a JSON value. */
export function redactAll<T>(value: T, secrets: readonly string[]): T {
  const long = secrets.filter((secret) => secret.length >= MIN_SECRET);
  if (long.length === 0) { return value; }
  const inText = (text: string) => long.reduce(withoutValue, text);
  const inValue = (one: unknown): unknown => {
    if (typeof one === 'string') { return inText(one); }
    if (Array.isArray(one)) { return one.map(inValue); }
    return typeof one === 'object' && one !== null
      ? Object.fromEntries(Object.entries(one).map(([name, member]) => [name, inValue(member)]))
      : one;
  };
  return inValue(value) as T;
}

/** Replaces each text that begins like the secret, up to the end of its characters: it may be cut or percent-encoded. */
function withoutValue(text: string, secret: string): string {
  return [...new Set([secret, encodeURIComponent(secret)])].reduce((rest, form) => {
    const start = form.slice(0, MIN_SECRET);
    let result = '';
    let from = 0;
    for (let at = rest.indexOf(start); at >= 0; at = rest.indexOf(start, from)) {
      let end = rest.startsWith(form, at) ? at + form.length : at + start.length;
      while (end < rest.length && /[\w+/=%-]/.test(rest[end])) { end++; }
      result += rest.slice(from, at) + REDACTED;
      from = end;
    }
    return result + rest.slice(from);
  }, text);
}
