import { PERMITS_NOTHING, TAKES_NOTHING_AWAY } from './compare-permissions-cases';
import { coversRole, isUnsatisfiable } from '../../../lib/engine';
import { stepsOf } from '../make';

test.each(TAKES_NOTHING_AWAY)(
  'takes few steps to see whether it takes nothing away: %s',
  (_name, question, _expected, [most], options = {}) => {
    expect(stepsOf(() => coversRole(question, options))).toBeLessThanOrEqual(most);
  },
);

test.each(PERMITS_NOTHING)(
  'takes few steps to see whether it permits nothing: %s',
  (_name, question, _expected, [most], options = {}) => {
    expect(stepsOf(() => isUnsatisfiable(question, options))).toBeLessThanOrEqual(most);
  },
);
