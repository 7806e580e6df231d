/** Hostile words on the command line itself. */
import { Dice } from '../../dice';
import { Attack } from '../attack';
import { hostileText } from '../texts';

const WAYS: readonly ((word: string) => string[])[] = [
  (word) => [word], (word) => ['check', word], (word) => ['check', `--${word}`],
  (word) => ['check', '--format', word], (word) => ['check', '--severity', `${word}=error`],
  (word) => ['check', '--severity', `SessionPolicyExceedsRole=${word}`], (word) => ['check', '--account', word, '.'],
  (word) => ['check', '--region', word, '.'],
  (word) => ['check', '--roles', word, '.'], (word) => ['check', '--fail-on', word],
  (word) => ['report', '-o', `missing/${word}`, '.'], (word) => ['compare', '--session', word, '--role', word],
  (word) => ['compare', '--role-managed', word, '--session', word],
  (word) => ['compare', '--role-arn', word, '--pairs', word], (word) => ['compare', '--pairs', word],
  (word) => ['explain', word, word], (word) => ['explain', 's3:GetObject', word, '--context', word],
  (word) => ['explain', 's3:GetObject', '*', '--association', word, word],
  (word) => ['snapshot', '--role', word, '--endpoint-url', word], (word) => ['snapshot', '--resource', word],
  (word) => ['audit', '--cluster', word, '--against', word],
  (word) => ['audit', '--cluster', 'c', '--endpoint-url', word],
  (word) => ['audit', '--cluster', 'c', '--profile', word, '--region', 'eu-west-1', '--endpoint-url',
    'http://127.0.0.1:1'],
];

export function argumentAttack(dice: Dice): Attack {
  // Not the root of the file system: reading all of that takes long.
  const word = hostileText(dice).replace(/\0/g, '').slice(0, 2_000).replace(/^\/+$/, 'a');
  return {
    kind: 'arguments',
    files: {},
    args: dice.pick(WAYS)(word),
    format: 'text',
    count: 1,
    failsOnFindings: false,
  };
}
