/** What AWS does with the requests of a session, by the independent evaluator, in the words of the table. */
import { Access } from './case';
import { ContextValue, DEFAULT_READING, evaluate, Request } from '../oracle/evaluate';
import {
  ALL_RESOURCE_POLICY_READINGS, decideForSession, DEFAULT_RESOURCE_POLICY_READING, ResourcePolicyReading,
  SessionDecision, SessionRequest,
} from '../oracle/resource-policies';

/** A session, the resource, and every request that matters to them. */
export interface Universe {
  readonly caller: Omit<SessionRequest, 'request'>;
  /** Actions with the resources of their requests. */
  readonly requests: ReadonlyArray<Pick<Request, 'action' | 'resource'>>;
  /** What the caller chooses: the values of keys, `undefined` for none. */
  readonly ways: Choices;
  /** What nobody chooses and no template tells, such as the organization of the account. */
  readonly worlds: Choices;
}

export interface Choices { readonly [key: string]: ReadonlyArray<ContextValue | undefined> }

type Context = Request['context'];

/**
 * `partly denied`: the resource policy denies some of the actions or resources, and the rest is allowed. `depends` is said
 * wherever a request is allowed in one way and not in another, by whatever policy.
 */
export function accessOf(universe: Universe): Access | 'partly denied' {
  const worlds = contextsOf(universe.worlds).flatMap(
    (world) => readingsFor(universe).map((reading) => accessInWorld(universe, world, reading)));
  return worlds.every((access) => access === worlds[0]) ? worlds[0] : 'unknown';
}

function accessInWorld(
  universe: Universe, world: Context, reading: ResourcePolicyReading,
): Exclude<Access, 'unknown'> | 'partly denied' {
  const found = universe.requests
    .map((request) => decisionsAbout(universe, request, world, reading))
    .filter((decisions) => decisions.length > 0)
    .map(accessOfDecisions);
  const first = (['not allowed', 'depends'] as const).find((access) => found.includes(access));
  if (first) { return first; }
  if (found.every((access) => access === 'allowed')) { return 'allowed'; }
  return found.every((access) => access === 'denied') ? 'denied' : 'partly denied';
}

/** In each way in which the session policy allows the request. */
function decisionsAbout(
  { caller, ways }: Universe, request: Pick<Request, 'action' | 'resource'>, world: Context,
  reading: ResourcePolicyReading,
): readonly SessionDecision[] {
  return contextsOf(ways)
    .map((way) => ({ ...request, context: new Map([...world, ...way]) }))
    .filter((made) => !caller.session || evaluate([caller.session], made) === 'allow')
    .map((made) => decideForSession({ ...caller, request: made }, DEFAULT_READING, reading));
}

function accessOfDecisions(decisions: readonly SessionDecision[]): Exclude<Access, 'unknown'> {
  if (decisions.every((decision) => decision === 'allowed')) { return 'allowed'; }
  if (decisions.includes('allowed')) { return 'depends'; }
  return decisions.includes('not allowed') ? 'not allowed' : 'denied';
}

/** The readings that can make a difference: the others choose between equals. */
function readingsFor({ caller: { resourcePolicy } }: Universe): readonly ResourcePolicyReading[] {
  const text = JSON.stringify(resourcePolicy?.document ?? {}).toLowerCase();
  const fixed: Array<keyof ResourcePolicyReading> = [];
  if (!text.includes('"*"')) { fixed.push('everybody'); }
  if (!text.includes('"notprincipal"')) { fixed.push('notPrincipal'); }
  if (!text.includes('"aws:principalarn"')) { fixed.push('accountWithPrincipalArn'); }
  return ALL_RESOURCE_POLICY_READINGS.filter(
    (reading) => fixed.every((name) => reading[name] === DEFAULT_RESOURCE_POLICY_READING[name]));
}

/** Every combination of the choices. */
function contextsOf(choices: Choices): readonly Context[] {
  return Object.entries(choices).reduce<Context[]>((contexts, [key, values]) => contexts.flatMap(
    (context) => values.map((value) => (value === undefined ? context : new Map([...context, [key, value]])))),
  [new Map()]);
}
