/**
 * Random pairs of deployments, beside a slow evaluator that was written from IAM's documentation alone: each example, each
 * proof and each list of statements is checked for a set of concrete requests.
 */
import { deny, document, Json, pods, role, sourcesOf } from './templates';
import { PermissionChange, PodDifference } from '../../../cli/diff/difference';
import { differenceOf } from '../../../cli/diff/difference-of';
import { Dice } from '../../dice';
import { evaluate, PolicyDocument, Request } from '../../oracle/evaluate';
import { LONG_SEARCH, runs, SEED, VERBOSE } from '../../runs';

/** What the pods of one side have. */
interface Access {
  readonly identity: Json[];
  readonly session?: Json[];
  readonly boundary?: Json[];
  readonly hasTags: boolean;
}

const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:Get*', 's3:*Object', 's3:*', '*'];
const RESOURCES = [
  'arn:aws:s3:::data/*', 'arn:aws:s3:::data/a/*', 'arn:aws:s3:::data/?/x', 'arn:aws:s3:::other/*', '*',
  'arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-namespace}/*',
];
const CONDITIONS: ReadonlyArray<Json | undefined> = [
  undefined, undefined, undefined, undefined,
  { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
  { StringNotEquals: { 'aws:SourceVpc': ['vpc-1', 'vpc-2'] } },
  { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-2' } },
  { Null: { 'aws:SourceVpc': 'true' } },
  { StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'default' } },
  { StringNotEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'default' } },
];

const REQUESTS: readonly Request[] = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'].flatMap((action) => (
  ['data/a/x', 'data/b/x', 'data/b/y', 'data/default/x', 'data/x', 'other/x', 'third/x'].flatMap((resource) => (
    [undefined, 'vpc-1', 'vpc-2', 'vpc-3'].map((vpc): Request => (
      { action, resource: `arn:aws:s3:::${resource}`, context: new Map(vpc === undefined ? [] : [['aws:sourcevpc', vpc]]) }))))));

function statementOf(dice: Dice): Json {
  const condition = dice.pick(CONDITIONS);
  const statement = deny(dice.sample(ACTIONS, 1 + dice.below(2)), dice.sample(RESOURCES, 1 + dice.below(2)), condition);
  return { ...statement, Effect: dice.chance(20) ? 'Deny' : 'Allow' };
}

function statementsOf(dice: Dice): Json[] {
  return Array.from({ length: 1 + dice.below(3) }, () => statementOf(dice));
}

function accessOf(dice: Dice): Access {
  const session = dice.chance(50) ? statementsOf(dice) : undefined;
  return {
    identity: statementsOf(dice),
    ...session && { session },
    ...dice.chance(25) && { boundary: statementsOf(dice) },
    hasTags: session === undefined && dice.chance(60),
  };
}

/** Another access with some parts of the first, because people change one thing at a time. */
function changed(access: Access, dice: Dice): Access {
  const other = accessOf(dice);
  const session = dice.chance(50) ? access.session : other.session;
  const boundary = dice.chance(70) ? access.boundary : other.boundary;
  return {
    identity: dice.chance(60) ? access.identity : other.identity,
    ...session && { session },
    ...boundary && { boundary },
    hasTags: session === undefined && (dice.chance(50) ? access.hasTags : other.hasTags),
  };
}

function templateOf({ identity, session, boundary, hasTags }: Access): Json {
  return {
    Resources: {
      Role: role(identity, boundary ? { PermissionsBoundary: { Ref: 'Boundary' } } : {}),
      Pods: pods(session, { DisableSessionTags: !hasTags }),
      ...boundary && {
        Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(...boundary) } },
      },
    },
  };
}

function allows({ identity, session, boundary, hasTags }: Access, { action, resource, context }: Request): boolean {
  const tags: Array<[string, string]> = hasTags ? [['aws:principaltag/kubernetes-namespace', 'default']] : [];
  const request = { action, resource, context: new Map([...context, ...tags]) };
  return [identity, session, boundary].every((statements) => (
    !statements || evaluate([document(...statements) as PolicyDocument], request) === 'allow'));
}

/** The request of an example. Session tags are of the side, and not of the request. */
function requestOf({ example: { action, resource, context } }: PermissionChange): Request {
  const own = context.filter(([key]) => !key.toLowerCase().startsWith('aws:principaltag/'));
  return { action, resource, context: new Map(own.map(([key, value]) => [key.toLowerCase(), value])) };
}

function check(lacking: Access, having: Access, changes: readonly PermissionChange[], isComplete: boolean): void {
  for (const change of changes) {
    expect([allows(having, requestOf(change)), allows(lacking, requestOf(change))]).toEqual([true, false]);
  }
  const gained = REQUESTS.filter((request) => allows(having, request) && !allows(lacking, request));
  const listed = (request: Request) => changes.some(({ statements }) => (
    allows({ identity: [...statements], hasTags: having.hasTags }, request)));
  if (isComplete) { expect(gained.filter((request) => !listed(request))).toEqual([]); }
  for (const { statements, isExact } of changes) {
    const common = REQUESTS.filter((request) => (
      allows({ identity: [...statements], hasTags: having.hasTags }, request) && allows(lacking, request)));
    if (isExact) { expect(common).toEqual([]); }
  }
}

function checkPair(base: Access, head: Access, { gained, lost, kept, undetermined }: PodDifference): void {
  const isComplete = undetermined.length === 0;
  check(base, head, gained, isComplete);
  check(head, base, lost, isComplete);
  const had = REQUESTS.filter((request) => allows(base, request));
  const still = had.filter((request) => allows(head, request));
  if (kept === 'none') { expect(still).toEqual([]); }
  if (kept === 'all' && isComplete) { expect(still).toEqual(had); }
}

test('random pairs agree with an evaluator that was written apart', () => {
  const dice = new Dice(SEED);
  const effects: Record<string, number> = {};
  let open = 0;
  const count = runs(20, 3000);
  for (let i = 0; i < count; i++) {
    const base = accessOf(dice);
    const head = changed(base, dice);
    const [found] = differenceOf(...[base, head].map((access, side) => (
      { sources: sourcesOf({ app: templateOf(access) }, `${side}`, {}) })) as [never, never]).pods;
    effects[found.effect] = (effects[found.effect] ?? 0) + 1;
    open += found.undetermined.length > 0 ? 1 : 0;
    try {
      checkPair(base, head, found);
    } catch (e) {
      throw new Error(`${JSON.stringify({ base, head, found }, undefined, 1)}\n${(e as Error).message}`);
    }
  }
  if (VERBOSE) { console.log(JSON.stringify({ effects, open })); }
  expect(open).toBeLessThan(count);
}, LONG_SEARCH);
