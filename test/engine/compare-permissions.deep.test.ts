import { PERMITS_NOTHING, TAKES_NOTHING_AWAY } from './compare-permissions-cases';
import { stepsOf } from './make';
import { permitsNothing, takesNothingAway } from '../../lib/engine';

test.each(TAKES_NOTHING_AWAY)('takes few steps to see whether it takes nothing away: %s', (_name, question, _expected, [most], options = {}) => {
  expect(stepsOf(() => takesNothingAway(question, options))).toBeLessThanOrEqual(most);
});

test.each(PERMITS_NOTHING)('takes few steps to see whether it permits nothing: %s', (_name, question, _expected, [most], options = {}) => {
  expect(stepsOf(() => permitsNothing(question, options))).toBeLessThanOrEqual(most);
});
