/**
 * What the resource policies of the templates are to a role: what they allow it, and which of its requests they deny.
 *
 * | a statement | in the account of the role | in another account |
 * |---|---|---|
 * | allows the role, or everyone | suffices without an identity policy | identity policies must allow it, too |
 * | allows the account | identity policies must allow it | identity policies must allow it |
 * | denies | nothing else counts | nothing else counts |
 *
 * The policy of a key is as in another account: only what it allows to the account is left to identity policies.
 *
 * For speed, the policies are read once for all roles.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
import {
  isGuardrail, Json, Layer, mayBeEqual, parsePolicy, partsOf, Policy, policyDocument, sameText, Statement, SymbolicString, Unresolved,
} from '../../engine';
import { arnFieldsOf, keyOfArn } from '../arn-fields';
import { RoleRef } from '../associations';
import { DeclaredResourcePolicy } from '../declared-resource-policies';
import { Evaluator } from '../evaluator';
import { insideOf } from './places';
import { protectedResourcesIn } from './policies-in';
import { accountOfRole, Reach, reachOf, RoleIdentity } from './principals';
import { ProtectedResource, ResourceStatement } from './protected-resource';
import { ownTexts } from './read-statement';
import { groupBy } from '../../util/group-by';
import { lazy } from '../../util/memo';

type Text = string | SymbolicString;

/** What a resource policy allows to a role without an identity policy. */
export interface ResourceGrant {
  /** The resource that has the policy. */
  readonly path: string;
  readonly policy: Policy;
  /** Whether it names the role, and not everyone. */
  readonly namesRole: boolean;
  /** Whether a permissions boundary does not limit it either. IAM's pages do not settle that for a grant to everyone without a condition on the role. */
  readonly passesBoundary: 'yes' | 'no' | 'perhaps';
  /** Whether it is certain. */
  readonly isCertain: boolean;
}

/** How a resource limits the requests of a role on it, whatever the role's own policies say. */
export interface Restriction {
  readonly resource: ProtectedResource;
  /** What the role may do on it at most. Nothing that this layer denies is allowed. */
  readonly certain: Layer;
  /** The same, if all that is doubtful turns out against the role. @default - nothing is doubtful */
  readonly possible?: Layer;
  /** The most that it may leave to the role, and the least, on the resource only. */
  readonly bounds: Bounds<Part>;
  /** Whether the resource is in another account than the role. */
  readonly isElsewhere: boolean;
}

/** What resource policies leave to a role, if all that is doubtful turns out for the role, and against it. */
export interface Bounds<T> {
  readonly most: T;
  readonly least: T;
}

interface Part {
  readonly statements: readonly Statement[];
  /** Whether an Allow statement of the resource is needed, and not only no Deny statement. */
  readonly needsAllow: boolean;
}

/** Whether Deny statements of resource policies on how a request is made count. They do not decide what pods may do in some way. */
export type Guardrails = 'counted' | 'left out';

export class ResourcePolicies {
  private readonly resources = lazy(() => protectedResourcesIn(this.evaluator, this.declared()));
  private readonly byKey = lazy(() => groupBy(this.resources(), ({ arn }) => keyOfArn(arn)));

  /** @param declared the policies of resources that no template defines */
  public constructor(private readonly evaluator: Evaluator, private readonly declared: () => readonly DeclaredResourcePolicy[] = () => []) {}

  /** What is allowed to the role without an identity policy, by the policies of resources in its account. */
  public grantsTo(role: RoleRef, hasBoundary: boolean | undefined): readonly ResourceGrant[] {
    const identity = identityOf(role, hasBoundary);
    return identity === undefined ? [] : this.of(identity).flatMap((resource) => this.grantsOf(resource, identity));
  }

  /** How the resource that a pattern of a statement is on, or inside of, limits a role. */
  public restrictionOn(pattern: Text, role: RoleRef, hasBoundary: boolean | undefined): Restriction | undefined {
    const identity = identityOf(role, hasBoundary);
    if (identity === undefined) { return undefined; }
    // Not everything below an ARN is inside of its resource: a stream of a table has a policy of its own.
    const resource = beginningsOf(pattern).flatMap(({ beginning, rest }) => (
      this.byKey().get(keyOfArn(beginning) ?? '') ?? []).filter((one) => isOfStage(one, identity) && isInside(rest, one)))[0];
    return resource && this.restrictionOf(resource, identity);
  }

  /**
   * What the policies of all resources leave to the role, as one layer: everything but what they deny. `undefined`: they leave everything.
   */
  public layersFor(role: RoleRef, hasBoundary: boolean | undefined, guardrails: Guardrails): Bounds<Layer | undefined> {
    const identity = identityOf(role, hasBoundary);
    const restrictions = identity === undefined ? [] : this.of(identity).flatMap((resource) => this.restrictionOf(resource, identity) ?? []);
    return { most: joinedLayer(restrictions, 'most', guardrails), least: joinedLayer(restrictions, 'least', guardrails) };
  }

  private of(identity: RoleIdentity): readonly ProtectedResource[] {
    return this.resources().filter((resource) => isOfStage(resource, identity));
  }

  private grantsOf(resource: ProtectedResource, identity: RoleIdentity): ResourceGrant[] {
    const inAccount = isInAccount(resource, identity);
    if (inAccount === 'no') { return []; }
    const unread = resource.doubts.length === 0 ? [] : [{ path: resource.path, policy: everythingOn(resource), namesRole: false, passesBoundary: 'perhaps', isCertain: false } as const];
    return [...unread, ...resource.statements.flatMap((one): ResourceGrant | readonly ResourceGrant[] => {
      const reach = one.statement.effect === 'Allow' ? reachOf(one.written, identity) : 'nobody';
      const isDoubtful = reach === 'perhaps' || (reach === 'account' && comparesRole(one.statement));
      if (reach !== 'role' && reach !== 'everyone' && !isDoubtful) { return []; }
      return {
        path: resource.path,
        policy: { name: `the policy of ${resource.path}`, statements: [one.statement] },
        namesRole: reach === 'role',
        passesBoundary: reach === 'role' ? 'no' : reach === 'everyone' && comparesRole(one.statement) ? 'yes' : 'perhaps',
        // Access through an access point also needs the policy of its bucket.
        isCertain: !isDoubtful && one.isCertain && one.isExact && inAccount === 'yes' && resource.type !== 'AWS::S3::AccessPoint',
      };
    })];
  }

  private restrictionOf(resource: ProtectedResource, identity: RoleIdentity): Restriction | undefined {
    const reached = resource.statements.map((one) => ({ ...one, reach: reachOf(one.written, identity) })).filter(({ reach }) => reach !== 'nobody');
    const isElsewhere = isInAccount(resource, identity) === 'no';
    const needsAllow = isElsewhere || (KEY_TYPES.has(resource.type) && resource.hasPolicy && !reached.some(leavesKeyToIdentityPolicies));
    const denies = reached.filter(({ statement }) => statement.effect === 'Deny');
    if (!needsAllow && denies.length === 0) { return undefined; }
    const isSure = ({ reach, isCertain }: ReachedStatement) => reach !== 'perhaps' && isCertain;
    const allows = reached.filter(({ statement }) => statement.effect === 'Allow');
    const isOpen = resource.doubts.length > 0 || (isElsewhere && resource.hasAccessControlList === true);
    const certainAllows = !needsAllow || isOpen ? undefined : allows;
    const certain = layerOf(resource, certainAllows, denies.filter(isSure));
    const isDoubtful = reached.some((one) => !isSure(one));
    return {
      resource,
      isElsewhere,
      certain,
      possible: isDoubtful ? layerOf(resource, needsAllow && !isOpen ? allows.filter(isSure) : undefined, denies) : undefined,
      bounds: {
        most: partOf(certainAllows, denies.filter((one) => isSure(one) && one.isExact)),
        least: partOf(needsAllow ? allows.filter((one) => isSure(one) && one.isExact) : undefined, denies),
      },
    };
  }
}

/** Only what the statements allow, or everything, without what others deny. */
function partOf(allows: readonly ResourceStatement[] | undefined, denies: readonly ResourceStatement[]): Part {
  return { needsAllow: allows !== undefined, statements: [...allows ?? [], ...denies].map(({ statement }) => statement) };
}

/** Whether the resource is in the account of the role. */
function isInAccount({ account: own }: ProtectedResource, { account }: RoleIdentity): 'yes' | 'no' | 'maybe' {
  if (own === undefined || own instanceof Unresolved) { return 'maybe'; }
  return sameText(own, account) ? 'yes' : mayBeEqual(own, account) ? 'maybe' : 'no';
}

interface ReachedStatement extends ResourceStatement {
  readonly reach: Reach;
}

const KEY_TYPES: ReadonlySet<string> = new Set(['AWS::KMS::Key', 'AWS::KMS::ReplicaKey']);

/** Whether identity policies may allow everything on a key, as with the default key policy. */
function leavesKeyToIdentityPolicies({ reach, isCertain, statement: { effect, actions, conditions } }: ReachedStatement): boolean {
  return isCertain && effect === 'Allow' && (reach === 'account' || reach === 'everyone') && conditions.length === 0
    && !actions.negated && actions.patterns.some(({ source }) => source === '*' || (typeof source === 'string' && source.toLowerCase() === 'kms:*'));
}

/** The name of the policy that allows what no resource policy of the app limits. It is none that anybody wrote. */
export const NOT_LIMITED = 'what no resource policy limits';

/** Each restriction on its own resource. */
function joinedLayer(restrictions: readonly Restriction[], bound: keyof Bounds<Part>, guardrails: Guardrails): Layer | undefined {
  const needing = restrictions.filter(({ bounds }) => bounds[bound].needsAllow);
  const counts = (statement: Statement) => guardrails === 'counted' || !isGuardrail(statement);
  const policies = restrictions.map(({ resource, bounds }) => ({ name: `the policy of ${resource.path}`, statements: bounds[bound].statements.filter(counts) }));
  const written = policies.filter(({ statements }) => statements.length > 0);
  if (written.length === 0 && needing.length === 0) { return undefined; }
  const others = needing.length === 0 ? ON_EVERYTHING : allowingOthers(needing.map(({ resource }) => resource));
  return { name: 'resource policies', policies: [others, ...written], gaps: [] };
}

/** Everything but what is on the resources. Requests of other services do without their ARNs, also those on no resource. */
function allowingOthers(resources: readonly ProtectedResource[]): Policy {
  const actions = [...new Set(resources.flatMap(({ arn }) => arnFieldsOf(arn)?.[2] ?? []).map((service) => `${service.toString()}:*`))].sort();
  const statements: Json[] = [
    { Effect: 'Allow', NotAction: actions, Resource: '*' },
    { Effect: 'Allow', Action: actions, NotResource: resources.flatMap(ownTexts) },
  ];
  return parsePolicy(policyDocument(statements), NOT_LIMITED).policy;
}

const ON_EVERYTHING = parsePolicy(policyDocument({ Effect: 'Allow', Action: '*', Resource: '*' }), NOT_LIMITED).policy;

/** Everything, or what the statements allow, without what they deny. */
function layerOf({ path }: ProtectedResource, allows: readonly ResourceStatement[] | undefined, denies: readonly ResourceStatement[]): Layer {
  const name = `the policy of ${path}`;
  const statements = [...(allows ? allows.map(({ within }) => within) : [EVERYTHING]), ...denies.map(({ within }) => within)];
  return { name: 'resource policies', policies: [{ name, statements }], gaps: [] };
}

/** On any resource, because a restriction is asked about its own resource only. */
const [EVERYTHING] = ON_EVERYTHING.statements;

/** What a policy may allow that was not read completely. */
function everythingOn(resource: ProtectedResource): Policy {
  return parsePolicy(policyDocument({ Effect: 'Allow', Action: '*', Resource: ownTexts(resource) }), `the policy of ${resource.path}`).policy;
}

/** IAM's pages do not settle whether a grant to the account with the role in its condition needs an identity policy. */
function comparesRole({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => key === 'aws:principalarn');
}

/** The role, if its ARN is known well enough to be compared. */
function identityOf({ arn, defined, ofAccount }: RoleRef, hasBoundary: boolean | undefined): RoleIdentity | undefined {
  const account = accountOfRole(arn);
  return account === undefined || arn instanceof Unresolved ? undefined : {
    arn, account, hasBoundary, assembly: (defined?.stack ?? ofAccount)?.assembly,
  };
}

interface Beginning {
  readonly beginning: Text;
  /** What follows, up to the next part that is not known. */
  readonly rest: string;
}

/** The text, and its beginnings up to a `/` or a `:` of the part of an ARN that names the resource, from the longest to the shortest. */
function beginningsOf(pattern: Text): readonly Beginning[] {
  const parts = partsOf(pattern);
  const shorter = parts.flatMap((part, i) => (typeof part !== 'string' ? [] : [...part.matchAll(/[/:]/g)].map(({ index }): Beginning => (
    { beginning: SymbolicString.from([...parts.slice(0, i), part.slice(0, index)]), rest: part.slice(index) }))));
  return [...shorter.reverse(), { beginning: pattern, rest: '' }];
}

/** Whether what follows the ARN of a resource names something inside. */
function isInside(rest: string, { type }: ProtectedResource): boolean {
  return rest === '' || insideOf(type).some((inside) => rest.startsWith(inside.slice(0, -1)));
}

/** Whether a symbolic ARN is that of a resource of the role's stage. Other stages may have an equal text for another resource. */
function isOfStage({ assembly }: ProtectedResource, role: RoleIdentity): boolean {
  return assembly === undefined || role.assembly === undefined || assembly === role.assembly;
}
