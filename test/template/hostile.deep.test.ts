import { checkTemplates } from './check-templates';
import { LARGE } from './hostile-templates';
import { LONG_SEARCH } from '../runs';

jest.setTimeout(LONG_SEARCH);

test.each(LARGE)('%s', (_name, make) => {
  checkTemplates(make());
});
