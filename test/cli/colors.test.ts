import { colorsFor } from '../../cli/colors';

test.each<[string, boolean | undefined, NodeJS.ProcessEnv, boolean]>([
  ['a terminal', true, {}, true],
  ['a file or pipe', undefined, {}, false],
  ['a file or pipe, whatever the environment', false, { FORCE_COLOR: '1' }, false],
  ['NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['NO_COLOR without a value', true, { NO_COLOR: '' }, true],
  ['a terminal without colors', true, { TERM: 'dumb' }, false],
])(
  '%s',
  (_, isTTY, env, colored) => expect(colorsFor({ isTTY }, env).red('x')).toBe(colored ? '\u001b[31mx\u001b[39m' : 'x'),
);
