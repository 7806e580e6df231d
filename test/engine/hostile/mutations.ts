/** Policies that look real, with something changed in them. */
import { allow, document, EVERYTHING, JsonObject, list } from './documents';
import { HostileInput } from './input';
import { anything } from './texts';
import { Json, SymbolicString, Unresolved } from '../../../lib/engine';
import { ACCOUNT, ANY_TEXT, REGION } from '../../../lib/template/value-kinds';
import { Dice } from '../../dice';

const REAL: readonly JsonObject[] = [
  document(
    allow(['arn:aws:s3:::data/*', 'arn:aws:s3:::logs/team/*'], { Action: ['s3:GetObject', 's3:PutObject'] }),
    allow(
      'arn:aws:s3:::data',
      { Sid: 'List', Action: 's3:ListBucket', Condition: { StringLike: { 's3:prefix': ['team/*', ''] } } },
    ),
  ),
  document({
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:Query'],
    Resource: ['arn:aws:dynamodb:us-east-1:111122223333:table/orders',
      'arn:aws:dynamodb:us-east-1:111122223333:table/orders/index/*'],
    Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/tenant}'] } },
  }),
  document(
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' },
    {
      Sid: 'Region',
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } },
    },
  ),
  document(
    { Effect: 'Allow', Action: 'sqs:*', Resource: 'arn:aws:sqs:*:111122223333:team-*' },
    { Effect: 'Deny', Action: 'sqs:DeleteQueue', NotResource: 'arn:aws:sqs:*:*:team-scratch-*' },
  ),
  document({
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: 'arn:aws:kms:us-east-1:111122223333:key/*',
    Condition: {
      StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
      Bool: { 'aws:SecureTransport': true },
    },
  }),
  document(
    {
      Effect: 'Allow',
      Action: 'secretsmanager:GetSecretValue',
      Resource: 'arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/team}/*',
      Condition: {
        IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '2001:db8::/32'] },
        DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
      },
    },
  ),
  document(
    { Effect: 'Allow', Action: '*', Resource: '*' },
    {
      Effect: 'Deny',
      Action: 's3:Delete*',
      Resource: '*',
      Condition: { NumericGreaterThan: { 's3:max-keys': 10 }, Null: { 'aws:MultiFactorAuthAge': 'true' } },
    },
  ),
  {
    Version: '2008-10-17',
    Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::data/${aws:username}/*' },
  },
];

/** A string, a number or word, or a bracket, comma or colon. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^[\]{},:"]+/g;

/** Some pieces dropped, doubled, exchanged or changed, until what is left is JSON again. */
function mutatedText(dice: Dice, original: string): string {
  for (let attempt = 0; attempt < 50; attempt++) {
    const tokens = original.match(TOKEN)!;
    for (let changes = dice.pick([1, 1, 2, 3]); changes > 0; changes--) { mutate(dice, tokens); }
    const text = tokens.join('');
    if (isJson(text)) { return text; }
  }
  return original;
}

function mutate(dice: Dice, tokens: string[]): void {
  const at = dice.below(tokens.length);
  const end = Math.min(tokens.length, at + 1 + dice.below(6));
  const strings = tokens.flatMap((token, i) => (token.startsWith('"') ? [i] : []));
  const values = strings.filter((i) => tokens[i + 1] !== ':' && tokens[i].includes(':'));
  const anyString = () => dice.pick(values.length > 0 && dice.chance(75) ? values : strings);
  const [one, other] = [anyString(), anyString()];
  dice.pick<() => void>([
    () => { tokens.splice(at, end - at); },
    () => { tokens.splice(at, 0, ...tokens.slice(at, end)); },
    () => { tokens[one] = tokens[other]; },
    () => { tokens[one] = tokens[other]; },
    () => { tokens[one] = JSON.stringify(changed(dice, JSON.parse(tokens[one]) as string)); },
    () => { tokens[one] = JSON.stringify(changed(dice, JSON.parse(tokens[one]) as string)); },
    () => {
      tokens[one] = dice.pick([
        'null', '1e400', '-0', '9007199254740993', '{}', '[]', '""', '"*"', 'true', `[${tokens[one]}]`,
      ]);
    },
    () => { tokens[one] = `[${tokens[one]},${tokens[other]}]`; },
  ])();
}

function changed(dice: Dice, text: string): string {
  const at = dice.below(text.length + 1);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  return dice.pick([
    `${before}*${after}`, `${before}?${after}`, before + after.slice(1), `${before}${anything(dice, 1)}${after}`,
    `${before}*`, `*${after}`, `${before}:${after}`, before + after.slice(0, 1).toUpperCase() + after.slice(1),
  ]);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export function mutatedPolicies(dice: Dice): HostileInput {
  const original = JSON.stringify(dice.pick(REAL));
  const mutated = () => JSON.parse(mutatedText(dice, original)) as Json;
  const unchanged = JSON.parse(original) as Json;
  const other = dice.chance(20) ? [dice.pick(REAL)] : [];
  return dice.pick<() => HostileInput>([
    () => ({ session: mutated(), identity: [unchanged, ...other] }),
    () => ({ session: unchanged, identity: [mutated(), ...other] }),
    () => ({ session: mutated(), identity: [mutated(), ...other] }),
  ])();
}

type Path = ReadonlyArray<string | number>;

function pathsOf(json: Json, path: Path = []): Path[] {
  const inner: Array<[string | number, Json]> = Array.isArray(json) ? [...(json as readonly Json[]).entries()]
    : typeof json === 'object' && json !== null ? Object.entries(json as JsonObject) : [];
  return [path, ...inner.flatMap(([key, value]) => pathsOf(value, [...path, key]))];
}

function replacedAt(json: Json, [key, ...rest]: Path, value: Json): Json {
  if (key === undefined) { return value; }
  if (Array.isArray(json)) {
    return (json as readonly Json[]).map((item, i) => (i === key ? replacedAt(item, rest, value) : item));
  }
  const object = json as JsonObject;
  return { ...object, [key]: replacedAt(object[key], rest, value) };
}

/** A value in any position of a policy that looks real, in one of the two documents or in both. */
export function valueInRealPolicy(value: (dice: Dice) => Json): (dice: Dice) => HostileInput {
  return (dice) => {
    const original = dice.pick(REAL);
    const bad = list(1 + dice.below(2), () => 0).reduce<Json>(
      (json) => replacedAt(json, dice.pick(pathsOf(json)), value(dice)), original,
    );
    return dice.pick<HostileInput>([
      { session: bad, identity: [original] }, { session: original, identity: [bad] }, { session: bad, identity: [bad] },
      { session: bad, identity: [document({ Effect: 'Allow', ...EVERYTHING })] },
    ]);
  };
}

/** What a template leaves open: text with symbolic variables, and what could not be read. */
export function unknownValue(dice: Dice): Json {
  const variable = () => dice.pick([
    { id: 'account', label: '${AWS::AccountId}', kind: ACCOUNT },
    { id: 'region', label: '${AWS::Region}', kind: REGION },
    { id: 'text', label: '${Text}', kind: ANY_TEXT },
    { id: '__proto__', label: '${__proto__}', kind: ANY_TEXT },
    {
      id: 'name',
      label: '${Name}',
      kind: { name: 'name', minLength: 1, maxLength: 10, generated: true, example: 'name-#' },
    },
  ]);
  const piece = () => (dice.chance(50)
    ? variable()
    : dice.pick(['arn:aws:s3:::', '*', '${', '}', '?', ':', 's3:', 'data', anything(dice, 2)]));
  return dice.chance(15) ? new Unresolved('a reason') : SymbolicString.of(...list(1 + dice.below(4), piece));
}
