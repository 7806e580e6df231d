/**
 * Reads the text of ARNs, and of their forms as the service authorization reference writes them, such as
 * `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. The catalog, the candidates for witnesses and `reference/` read both here.
 * The evaluator of single requests has a reader of its own on purpose.
 *
 * Invariant: a pattern that is made of a form matches all ARNs of the form, and more.
 */
import { splitBraces } from '../../util/braces';

/** The fields before the resource part. */
const HEADER_FIELDS = 5;

/** The first five fields, and the resource part, which may have colons. Fewer if the text has fewer. */
export function splitArn(text: string): readonly string[] {
  const fields = text.split(':');
  return fields.length <= HEADER_FIELDS ? fields : [...fields.slice(0, HEADER_FIELDS), fields.slice(HEADER_FIELDS).join(':')];
}

/** Literal text, or a placeholder, such as `${BucketName}`, for a value that the form does not describe. */
export type FormPiece = string | { readonly placeholder: string };

/** The pieces of a form, of a field of one, or of the name of a condition key. No piece is empty. */
export function piecesOfForm(form: string): readonly FormPiece[] {
  return splitBraces(form).map((piece, i): FormPiece => (i % 2 === 0 ? piece : { placeholder: piece })).filter((piece) => piece !== '');
}

/** The form as a pattern that matches all of its ARNs, and more: a `*` for each placeholder. */
export function patternOfForm(form: string): string {
  return piecesOfForm(form).map((piece) => (typeof piece === 'string' ? piece : '*')).join('');
}

/** A regular expression for the form. `placeholder`: what the value of a placeholder matches. */
export function expressionOfForm(form: string, placeholder: (index: number, pieces: readonly FormPiece[]) => string, flags = ''): RegExp {
  const text = piecesOfForm(form).map((piece, i, pieces) => (
    typeof piece === 'string' ? piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : placeholder(i, pieces)));
  return new RegExp(`^${text.join('')}$`, flags);
}

/**
 * Whether the text is an ARN with a partition and a service, but fewer than six fields. With a wildcard before its end, it may also
 * mean something else.
 */
export function isIncompleteArn(text: string): boolean {
  return /^arn(:[^:*?]+){2}((:[^:*?]*){0,1}:[^:*?]*\*?)?$/.test(text);
}

/**
 * The ARN with a wildcard for each missing field, as AWS completes those of identity-based policies.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function completeArn(text: string): string {
  return `${text}${':*'.repeat(HEADER_FIELDS + 1 - splitArn(text).length)}`;
}
