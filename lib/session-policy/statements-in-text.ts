/**
 * Reads the statements of a session policy from the text of a template, with its intrinsics in their places: the form that `compact` takes.
 *
 * Invariant: printed again, the statements are the same text but for blanks.
 */
import { ResolvedStatement } from './minimize';
import { intrinsicOf } from '../template/intrinsics/intrinsic';
import { isRecord } from '../util/records';

/** Around the number of an intrinsic. The characters are for private use, and STS accepts them in no policy. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];

/** `undefined` if the text is made in another way than with `Fn::Join`, or is not a policy document. */
export function statementsInText(written: unknown): readonly ResolvedStatement[] | undefined {
  const pieces = piecesOf(written);
  if (!pieces || pieces.some((piece) => typeof piece === 'string' && /[\uE000\uE001]/.test(piece))) { return undefined; }
  const intrinsics: unknown[] = [];
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : `${OPEN}${intrinsics.push(piece) - 1}${CLOSE}`)).join('');
  const document = parse(text);
  const statement = isRecord(document) ? document.Statement : undefined;
  if (!isRecord(document) || document.Version !== '2012-10-17' || statement === undefined) { return undefined; }
  const statements = (Array.isArray(statement) ? statement : [statement]).map((one) => withIntrinsics(one, intrinsics));
  return statements.every(isRecord) ? statements : undefined;
}

function piecesOf(written: unknown): readonly unknown[] | undefined {
  if (typeof written === 'string') { return [written]; }
  const { name, argument } = intrinsicOf(written) ?? {};
  if (name !== 'Fn::Join' || !Array.isArray(argument) || argument[0] !== '' || !Array.isArray(argument[1])) { return undefined; }
  return argument[1].every((piece) => typeof piece === 'string' || intrinsicOf(piece)) ? argument[1] : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withIntrinsics(value: unknown, intrinsics: readonly unknown[]): unknown {
  if (Array.isArray(value)) { return value.map((item) => withIntrinsics(item, intrinsics)); }
  if (isRecord(value)) { return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withIntrinsics(member, intrinsics)])); }
  if (typeof value !== 'string' || !value.includes(OPEN)) { return value; }
  const parts = value.split(/[\uE000\uE001]/).map((part, i) => (i % 2 === 0 ? part : intrinsics[Number(part)])).filter((part) => part !== '');
  return parts.length === 1 ? parts[0] : { 'Fn::Join': ['', parts] };
}
