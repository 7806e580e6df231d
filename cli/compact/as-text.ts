/**
 * Words what a compaction saved and what its proof takes for granted. Last step of `compact` without `--format json`, which writes
 * the policy beside it.
 */
import { Compaction, Mode, MODES } from './compaction';
import { CompactionMode } from '../../lib/session-policy/compaction/compact';
import { oneLine } from '../visible';

/** For which requests both policies have the same effect. */
const EQUAL: { readonly [mode in CompactionMode]: string } = {
  none: 'for every request',
  lossless: 'for every request',
  catalog: 'for every request that AWS makes, according to the service authorization reference of',
  role: 'for every request that the role allows and that AWS makes, according to the service authorization reference of',
};

/**
 * @param asked the mode that was asked for
 * @param hasRole whether the policies of the role were given
 */
export function asText(compaction: Compaction, asked: Mode, hasRole: boolean): string {
  const { mode, reason, size, modes, asOf, assumptions } = compaction;
  const { given, compacted, limit } = size;
  const tooLong = compacted - limit;
  return [
    `${mode}: ${count(compacted)} of ${count(limit)} characters; ${count(given)} as given, minified`,
    `  modes    ${Object.entries(modes).map(([name, length]) => `${name} ${count(length)}`).join(', ')}${modes.role !== undefined ? '' : hasRole ? '; nothing is proven in mode role' : '; role needs --role'}`,
    `  equal    ${EQUAL[mode]}${asOf === undefined ? '' : ` ${asOf}`}`,
    ...assumptions.map((assumption) => `  assumed  ${assumption}`),
    ...(reason === undefined ? [] : [`  reason   ${asked} was not used: ${reason}`]),
    ...(tooLong > 0 ? [`  too long by ${count(tooLong)}: ${wayOut(compaction, hasRole)}`] : []),
  ].map((line) => `${oneLine(line)}\n`).join('');
}

/** What makes a policy fit that is too long in the mode that was asked for. */
function wayOut({ mode, modes, size: { limit } }: Compaction, hasRole: boolean): string {
  const fitting = MODES.find((one) => (modes[one] ?? Infinity) <= limit);
  if (fitting) { return `--mode ${fitting} fits`; }
  return mode !== 'none' && !hasRole
    ? 'the policy may fit with the policies of the role (--role or --role-managed). Otherwise split the service account'
    : 'split the service account';
}

function count(characters: number): string {
  return characters.toLocaleString('en-US');
}
