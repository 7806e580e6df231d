/**
 * Values that are unresolved at synth. A generated question has placeholders (`<name1>`); they become symbolic variables for the
 * engine and concrete values for the evaluator.
 */
import { Question, Translation } from './question';
import { Json, SymbolicString, SymbolicVariable, VariableKind } from '../../../lib/engine';
import { ACCOUNT, ANY_TEXT, CHARACTERS, PARTITION, REGION, STACK_NAME } from '../../../lib/template/value-kinds';
import { Dice } from '../../dice';

const GENERATED: VariableKind = {
  name: 'generated name',
  characters: CHARACTERS.lowerName,
  minLength: 3,
  maxLength: 63,
  generated: true,
  example: 'stack-bucket-#',
};

/** Placeholders in the JSON of a policy, and what each stands for. */
const ATOM_KINDS: { readonly [placeholder: string]: VariableKind } = {
  '<partition>': PARTITION,
  '<region>': REGION,
  '<account>': ACCOUNT,
  '<stack>': STACK_NAME,
  '<text1>': ANY_TEXT,
  '<text2>': ANY_TEXT,
  '<name1>': GENERATED,
  '<name2>': GENERATED,
};

const ATOM_VALUES: { readonly [kind: string]: readonly string[] } = {
  [PARTITION.name]: ['aws', 'aws-cn'],
  [REGION.name]: ['us-east-1', 'eu-west-1'],
  [ACCOUNT.name]: ['111122223333', '444455556666'],
  [STACK_NAME.name]: ['data', 'logs', 'a', 'example-stack'],
  [GENERATED.name]: ['data', 'logs', 'stack-bucket-1', 'fresh-1'],
  [ANY_TEXT.name]: [
    '', 'a', 'data', 'logs', '*', '?', ':', '/', 'a:b', 'a:b:c', '*:*', 'a*', '*a', 'a/b', 'data/*', '111122223333',
    'us-east-1', 'fresh-1', 'fresh-2', 'GetObject', 'Get*', 's3:GetObject', 's3:*', 'arn:aws:s3:::data',
    'arn:aws:s3:::*', 'arn:aws:s3:', 'arn:aws:s3::', '${aws:username}', '${*}', '$',
  ],
};

export type Values = { readonly [placeholder: string]: string };
const PLACEHOLDER = /(<\w+>)/;

function translation(labelOf: (placeholder: string) => string): Translation {
  const atomOf = (id: string): SymbolicVariable => ({ id, label: labelOf(id), kind: ATOM_KINDS[id] });
  return (document) => mapStrings(document, (text) => SymbolicString.of(
    ...text.split(PLACEHOLDER).map((piece) => (piece in ATOM_KINDS ? atomOf(piece) : piece))));
}

export const withAtoms = translation((placeholder) => placeholder);

/** As where two stacks have a resource of the same logical id. */
export const withAlikeAtoms = translation(() => '${Resource}');

export function withValues(question: Question, values: Values): Question {
  return mapStrings(
    question, (text) => text.split(PLACEHOLDER).map((piece) => values[piece] ?? piece).join(''),
  ) as unknown as Question;
}

function mapStrings(value: unknown, change: (text: string) => Json): Json {
  if (typeof value === 'string') { return change(value); }
  if (Array.isArray(value)) { return value.map((item) => mapStrings(item, change)); }
  if (typeof value !== 'object' || value === null) { return value as Json; }
  return Object.fromEntries(
    Object.entries(value).filter(([, v]) => v !== undefined).map(([key, v]) => [key, mapStrings(v, change)]),
  );
}

/** Values of the right kinds, and often the same as something else in the policies. */
export function anyValues(dice: Dice): Values {
  return Object.fromEntries(Object.entries(ATOM_KINDS).map(
    ([placeholder, kind]) => [placeholder,
      dice.chance(70) ? dice.pick(ATOM_VALUES[kind.name]) : randomValue(kind, dice)]));
}

/** As short or as long as the kind allows, of any of its characters. */
function randomValue({ characters = 'ad:/*?$-', minLength, maxLength = 8 }: VariableKind, dice: Dice): string {
  const length = dice.pick([minLength, minLength + 1, Math.min(maxLength, 40)]);
  return Array.from({ length: Math.min(length, maxLength) }, () => dice.pick(Array.from(characters))).join('');
}

/** The same, but generated names are those of different, new resources. */
export function likelyValues(dice: Dice): Values {
  return { ...anyValues(dice), '<name1>': 'fresh-1', '<name2>': 'fresh-2' };
}
