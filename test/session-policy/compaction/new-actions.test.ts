import { layersOf } from './layers';
import { actionMatches } from '../../../lib/engine';
import { compact } from '../../../lib/session-policy/compaction/compact';

test('role: no new wildcard matches an action that the role names and the catalog does not have', () => {
  const allow = (...Action: string[]) => ({ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::b/*' });
  const written = ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging'];
  const role = { Version: '2012-10-17', Statement: [allow(...written, 's3:GetObjectNew')] };
  const { statements, mode } = compact([allow(...written)], 'role', { layers: layersOf([role]) });
  expect(mode).toBe('role');
  const actions = statements.flatMap(({ Action }) => Action as string | string[]);
  expect(actions.some((pattern) => pattern.includes('*'))).toBe(true);
  expect(actions.filter((pattern) => actionMatches(pattern, 's3:GetObjectNew'))).toEqual([]);
});
