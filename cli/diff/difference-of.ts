import { ComparedDeployment, Difference } from './difference';

export function differenceOf(_base: ComparedDeployment, _head: ComparedDeployment): Difference {
  throw new Error('not yet');
}
