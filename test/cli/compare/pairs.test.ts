import { Pairs } from '../../../cli/compare/pairs';

/** Reading a policy fails, as a bug would let it fail, if its Id is `bug`. */
jest.mock('../../../cli/policies/layers', () => {
  const layers = jest.requireActual('../../../cli/policies/layers');
  return {
    ...layers,
    policyOf: (named: { readonly document: { readonly Id?: string } }, kind: unknown) => {
      if (named.document.Id === 'bug') { throw new TypeError('no such function'); }
      return layers.policyOf(named, kind);
    },
  };
});

test('a bug is an error of its line', () => {
  const pairs = new Pairs('pairs.jsonl', { reference: true });
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
  const results = ['bug', 'none'].map((Id, i) => (
    pairs.result(JSON.stringify({ id: i, session: { ...policy, Id }, role: policy }), i + 1)));
  expect(results).toEqual([
    {
      id: 0,
      line: 1,
      error: 'pairs.jsonl:1: cdk-pod-identity failed, which is a bug. Please report it: TypeError: no such function',
    },
    { id: 1, line: 2, verdict: 'narrows' },
  ]);
});
