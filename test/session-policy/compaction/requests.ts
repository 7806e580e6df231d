/**
 * Requests that show whether a compacted session policy differs from the written one: near the patterns of both and of the role, for
 * actions that AWS has beside those that are meant, and on resources inside, at the edge and outside.
 * Invariant: the same dice give the same requests.
 */
import { ActionFacts, actionFacts } from '../../../lib/reference/action-facts';
import { hasKey, sharedKey } from '../../../lib/reference/condition-keys';
import { requestCatalog } from '../../../lib/reference/request-catalog';
import { actionNamed, serviceNamed, servicePrefixes } from '../../../lib/reference/services';
import { BoundaryRequests } from '../../boundary-requests';
import { Dice } from '../../dice';
import { PolicyDocument, Request, StatementDocument } from '../../oracle/evaluate';
import { listOf, statementsOf } from '../../oracle/readings';

/** What requests are made about. */
export interface Documents {
  readonly written: PolicyDocument;
  readonly compacted: PolicyDocument;
  readonly role: readonly PolicyDocument[];
}

/** Most policies have a request of AWS in the first few. */
const MOST_ATTEMPTS = 20;

const FILLERS = ['a', 'data', 'one', '*', 'a/b', 'a-1'];
const FIELDS: { readonly [name: string]: string } = { Partition: 'aws', Region: 'us-east-1', Account: '111122223333' };

export class CompactionRequests {
  private readonly near: BoundaryRequests;
  private readonly statements: readonly StatementDocument[];
  private readonly resources: readonly string[];

  public constructor({ written, compacted, role }: Documents, private readonly dice: Dice) {
    const asAllow = (document: PolicyDocument) => ({
      ...document, Statement: statementsOf(document).map((statement) => ({ ...statement, Effect: 'Allow' })),
    });
    const session = asAllow({ ...written, Statement: [...statementsOf(written), ...statementsOf(compacted)] });
    this.near = new BoundaryRequests({ session, identity: role.map(asAllow) }, dice);
    this.statements = [...statementsOf(session), ...role.slice(0, 1).flatMap(statementsOf)];
    this.resources = statementsOf(session).flatMap((one) => [...listOf(one.Resource), ...listOf(one.NotResource)]);
  }

  /** Any request. */
  public any(): Request {
    const request = this.near.request();
    const action = (this.dice.chance(50) ? undefined : this.sibling()) ?? request.action;
    const resource = (this.dice.chance(70) ? undefined : this.resourceOf(action)) ?? request.resource;
    return { ...request, action, resource };
  }

  /** A request that AWS makes: for an action that it has, on a resource that it authorizes the action on. */
  public ofAws(): Request {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const request = this.any();
      const facts = actionFacts(request.action);
      if (!facts) { continue; }
      const resource = isAuthorizedOn(facts, request.resource) ? request.resource : this.resourceOf(facts.name);
      if (resource === undefined || !isAuthorizedOn(facts, resource)) { continue; }
      return { action: facts.name, resource, context: contextOfAws(facts, resource, request.context) };
    }
    return { action: 's3:GetObject', resource: 'arn:aws:s3:::data/a', context: new Map() };
  }

  /** Another action of a service that the policies name, often with a similar name. */
  private sibling(): string | undefined {
    const statement = this.dice.pick(this.statements);
    const patterns = [...listOf(statement.Action), ...listOf(statement.NotAction)];
    const pattern = this.dice.pick(patterns);
    const [prefix, name = ''] = pattern.split(':');
    const service = serviceNamed(/[*?]/.test(prefix) ? this.dice.pick(servicePrefixes()) : prefix);
    if (!service || service.actions.length === 0) { return undefined; }
    const [start] = name.toLowerCase().split(/[*?]/);
    const shared = start.slice(0, this.dice.below(start.length + 1));
    const similar = service.actions.filter((action) => action.name.toLowerCase().startsWith(shared));
    return `${service.prefix}:${this.dice.pick(similar.length > 0 ? similar : service.actions).name}`;
  }

  /** A resource of the action: with a form of the reference, and as far as it fits, with the names of a pattern. */
  private resourceOf(action: string): string | undefined {
    const facts = actionFacts(action);
    const forms = facts ? facts.types.flatMap((type) => type.forms) : [];
    if (!facts || forms.length === 0 || (facts.withoutResource && this.dice.chance(15))) { return '*'; }
    const form = this.dice.pick(forms);
    const named = Array.from({ length: 4 }, () => this.filled(this.dice.pick(this.resources)))
      .find((resource) => hasForm(resource, form));
    return named !== undefined && this.dice.chance(80) ? named : this.ofForm(form);
  }

  private ofForm(form: string): string {
    return form.replace(/\$\{(\*|\w+)(\^\/)?\}/g, (_, name: string) => (
      name === '*' ? '*' : FIELDS[name] ?? this.dice.pick(['a', 'data', 'one-1'])));
  }

  private filled(pattern: string): string {
    const withoutVariables = pattern.replace(/\$\{[^}]*\}/g, 'a');
    return withoutVariables.replace(/[*?]/g, (wildcard) => (wildcard === '?' ? 'a' : this.dice.pick(FILLERS)));
  }
}

/** Whether the reference documents that AWS authorizes the action on the resource. */
function isAuthorizedOn({ name, types, withoutResource }: ActionFacts, resource: string): boolean {
  if (resource === '*') { return withoutResource && isAskedOnStar(name) !== false; }
  return types.some(({ forms }) => forms.some((form) => hasForm(resource, form)));
}

/** Whether it is recorded what AWS asks about for an action without a resource type: `*` itself, or an ARN. */
export function isAskedOnStar(action: string): boolean | undefined {
  const [prefix, name] = action.split(':');
  return requestCatalog().services.get(prefix)?.find((one) => one.name === name)?.isAskedOnStar;
}

/** Names that may have slashes. */
const PATHS: ReadonlySet<string> = new Set([
  'ObjectName', 'SecretId', 'ParameterNameWithoutLeadingSlash', 'RoleNameWithPath',
]);

const EXPRESSIONS = new Map<string, RegExp>();

/** Slow and simple: less than what AWS may ask about, as some names may have characters that are left out here. */
function hasForm(resource: string, form: string): boolean {
  const known = EXPRESSIONS.get(form) ?? new RegExp(`^${form.split(/(\$\{[^}]*\})/).map((part) => {
    const [, name] = /^\$\{(\*|\w+)/.exec(part) ?? [];
    if (name === undefined) { return part.replace(/[^\w]/g, '\\$&'); }
    return name === '*' ? '\\*' : name === 'Account' ? '\\d{12}' : PATHS.has(name) ? '[^*?$]+' : '[^:/*?$]+';
  }).join('')}$`);
  EXPRESSIONS.set(form, known);
  return known.test(resource);
}

/**
 * Keys that the session of a role never has: AWS sends aws:username for IAM users only.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-username
 */
const KEYS_OF_OTHERS: ReadonlySet<string> = new Set(['aws:username']);

/**
 * The context without keys of other principals, and without those that the reference documents the action not to have; with one value for
 * two names of a key.
 */
function contextOfAws({ name, types }: ActionFacts, resource: string, context: Request['context']): Request['context'] {
  const [prefix] = name.split(':');
  const service = serviceNamed(prefix)!;
  const action = actionNamed(service, name.slice(prefix.length + 1))!;
  const type = types.find(({ forms }) => forms.some((form) => hasForm(resource, form)));
  const kept = new Map([...context].filter(([key]) => (
    !KEYS_OF_OTHERS.has(key.toLowerCase()) && hasKey(service, action, type, key) !== false)));
  for (const [key, value] of kept) {
    const shared = sharedKey(service, action, type, key);
    if (shared !== key) { kept.set(key, kept.get(shared) ?? value).set(shared, kept.get(shared) ?? value); }
  }
  return kept;
}
