import * as fc from 'fast-check';
import { AccessChange, RoleAccess } from '../../../cli/access/access';
import { Permissions } from '../../../cli/access/permissions';
import { Json, Layer, parsePolicy } from '../../../lib/engine';
import { evaluate, PolicyDocument, StatementDocument } from '../../oracle/evaluate';
import { runs, SEED } from '../../runs';


const RESOURCES = [
  '*', 'arn:aws:s3:::data', 'arn:aws:s3:::data/*', 'arn:aws:s3:::data/a/*', 'arn:aws:s3:::other/*', 'arn:aws:s3:::*',
];
const VPCS = ['vpc-1', 'vpc-2'];

const statement: fc.Arbitrary<StatementDocument> = fc.record({
  Effect: fc.oneof(
    { weight: 5, arbitrary: fc.constant<'Allow'>('Allow') }, { weight: 1, arbitrary: fc.constant<'Deny'>('Deny') },
  ),
  Action: fc.uniqueArray(
    fc.constantFrom('s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:*Object', 's3:*'),
    { minLength: 1, maxLength: 2 },
  ),
  Resource: fc.uniqueArray(fc.constantFrom(...RESOURCES), { minLength: 1, maxLength: 2 }),
  Condition: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, {
    weight: 1,
    arbitrary: fc.uniqueArray(fc.constantFrom(...VPCS), { minLength: 1 }).map(
      (values) => ({ StringEquals: { 'aws:SourceVpc': values } }),
    ),
  }),
}).map(({ Condition, ...rest }) => (Condition ? { ...rest, Condition } : rest) as StatementDocument);
const document = fc.array(statement, { minLength: 1, maxLength: 3 }).map(
  (Statement): PolicyDocument => ({ Version: '2012-10-17', Statement }),
);

/** One of each kind that the statements above can tell apart. */
const KEYS = ['data/a/x', 'data/b', 'other/x', 'third/x'];
const ON = { 's3:GetObject': KEYS, 's3:PutObject': KEYS, 's3:ListBucket': ['data', 'other', 'third'] } as const;
const CONTEXTS = [undefined, 'vpc-1', 'vpc-2', 'vpc-3'].map(
  (vpc) => new Map(vpc === undefined ? [] : [['aws:sourcevpc', vpc]]),
);

/** By the requests, one by one. */
function expected(action: keyof typeof ON, layers: readonly PolicyDocument[], session: PolicyDocument): AccessChange
  | 'absent' {
  const requests = ON[action].flatMap((name) => ['aws', 'aws-cn'].flatMap((partition) => (
    CONTEXTS.map((context) => ({ action, resource: `arn:${partition}:s3:::${name}`, context })))));
  const had = requests.filter((request) => layers.every((policy) => evaluate([policy], request) === 'allow'));
  const named = requests.filter((request) => evaluate([session], request) === 'allow');
  const left = had.filter((request) => named.includes(request));
  if (had.length === 0) { return named.length > 0 ? 'beyond' : 'absent'; }
  return left.length === 0 ? 'taken' : left.length === had.length ? 'kept' : 'narrowed';
}

function layerOf(name: Layer['name'], written: PolicyDocument): Layer {
  return { name, policies: [parsePolicy(written as unknown as Json, name).policy], gaps: [] };
}

test('the access to actions is what an evaluator decides for their requests', () => {
  const told = { right: 0, unclear: 0 };
  fc.assert(fc.property(document, fc.option(document, { nil: undefined }), document, (identity, boundary, session) => {
    const role = [
      layerOf('identity policies', identity), ...boundary ? [layerOf('permissions boundary', boundary)] : [],
    ];
    const levels = new RoleAccess(new Permissions(role)).under(layerOf('session policy', session)).services.find(
      ({ service }) => service === 's3',
    )?.levels ?? [];
    for (const action of Object.keys(ON) as Array<keyof typeof ON>) {
      const name = action.slice('s3:'.length);
      const said = (['kept', 'narrowed', 'taken', 'beyond', 'unclear'] as const).find(
        (change) => levels.some(({ changes }) => changes[change].includes(name)),
      ) ?? 'absent';
      if (said === 'unclear') { told.unclear++; continue; }
      told.right++;
      expect([action, said]).toEqual([action, expected(action, [identity, ...boundary ? [boundary] : []], session)]);
    }
  }), { seed: SEED, numRuns: runs(30, 300) });
  expect(told.unclear / told.right).toBeLessThan(0.01);
}, 120_000);
