/**
 * Random requests as AWS makes them, near the borders of the policies of a pair: an action of the reference, an ARN of one of its
 * types, and a context that is consistent.
 */
import {
  expressionOf, hasResourceAccount, isAlwaysInAction, isGlobal, isListed, mayCrossRegions, placeholdersOf,
  principalKeys, tagOf, tiedKeys, typesOf,
} from './real-facts';
import { RealPair } from './real-pairs';
import { actionNamed, actionsOf, RealAction, RealType, typeOfKey } from './real-reference';
import { ACCOUNT, APPS, ENVS, ORGANIZATION, OTHER_ACCOUNT, PARTS } from './real-styles';
import { Dice } from '../../dice';
import { ContextValue, Request, StatementDocument } from '../../oracle/evaluate';
import { documentsOf, listOf, statementsOf } from '../../oracle/readings';

/** A request with what it rests on. */
export interface RealRequest extends Request {
  readonly type?: RealType;
}

const REGIONS: { readonly [partition: string]: readonly string[] } = {
  'aws': ['eu-west-1', 'eu-west-2', 'eu-central-1', 'us-east-1', 'us-east-2', 'ap-southeast-2'],
  'aws-us-gov': ['us-gov-west-1', 'us-gov-east-1'],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
};
const ACCOUNTS = [ACCOUNT, ACCOUNT, OTHER_ACCOUNT, '602401143452'];
const FILLERS = [
  '', '', 'a', 'x', '1', 'payments', 'orders', 'prod', 'dev', '-prod', 'prod-', '-jobs', 'AbCdEf', 'live', 'payments/x',
  '/x', 'x/payments', 'log-stream:x', 'index/x',
];
const OTHER_VALUES = ['payments', 'orders', 'other', ACCOUNT, ORGANIZATION];
/** The sessions are new. */
const NOW = '2027-01-15T10:00:00Z';

export class RealRequests {
  private readonly partition: string;
  private readonly account: string;
  private readonly sessionAllows: readonly StatementDocument[];
  private readonly all: readonly StatementDocument[];
  private readonly mentioned: ReadonlyMap<string, readonly string[]>;
  private readonly names: readonly string[];
  private readonly actions: readonly RealAction[];
  private readonly organizations: ReadonlyArray<string | undefined>;

  public constructor(private readonly pair: RealPair, private readonly dice: Dice) {
    [, this.partition, , , this.account] = pair.arn.split(':');
    this.all = documentsOf(pair).flatMap(statementsOf);
    this.sessionAllows = statementsOf(pair.session).filter(({ Effect }) => Effect === 'Allow');
    this.mentioned = mentionedKeys(this.all);
    this.names = [...new Set([
      ...APPS, ...ENVS.map((env) => `${APPS[0]}-${env}`), ...PARTS,
      ...this.all.flatMap((s) => resourcesOf(s)).flatMap(wordsOf),
    ])];
    this.actions = allowedActions(this.sessionAllows, servicesOf(this.all));
    this.organizations = organizationsOf(this.mentioned);
  }

  /** `undefined` if the session policy allows no action of the reference. */
  public request(): RealRequest | undefined {
    if (this.actions.length === 0) { return undefined; }
    const action = this.dice.pick(this.actions);
    const found = this.resource(action);
    if (!found) { return undefined; }
    return { action: action.name, ...found, context: this.context(action, found.resource, found.type) };
  }

  /** The same action on the same resource in another context. */
  public again({ action: name, resource }: Request): RealRequest {
    const action = actionNamed(name)!;
    const [type] = typesOf(action, resource, true);
    return { action: name, resource, type, context: this.context(action, resource, type) };
  }

  // ---- The resource ----

  private resource(action: RealAction): { readonly resource: string; readonly type?: RealType } | undefined {
    if (action.types.length === 0) { return { resource: '*' }; }
    const patterns = this.patternsFor(action);
    for (let attempt = 0; attempt < 6; attempt++) {
      const pattern = this.dice.pick(patterns);
      if (pattern === undefined || pattern === '*') { break; }
      const resource = this.changed(this.filled(pattern));
      const [type] = typesOf(action, resource);
      if (type && resource.split(':')[1] === this.partition) { return { resource, type }; }
    }
    const type = this.dice.pick(action.types);
    const resource = this.ofForm(action.service, this.dice.pick(type.forms));
    return typesOf(action, resource).includes(type) ? { resource, type } : undefined;
  }

  private patternsFor(action: RealAction): readonly string[] {
    const near = (statements: readonly StatementDocument[]) => statements.flatMap(resourcesOf);
    return this.dice.chance(65) ? near(
      this.sessionAllows.filter((s) => mayApply(s, action.name)),
    ) : near(this.all.filter((s) => mayApply(s, action.name)));
  }

  private filled(pattern: string): string {
    return pattern.split(':').map((field, i) => {
      if (i === 1) { return this.partition; }
      if (i === 3 && /[*?]/.test(field)) {
        return this.dice.pick(REGIONS[this.partition].filter((r) => globMatches(field, r))) ?? field;
      }
      if (i === 4 && /[*?]/.test(field)) {
        return this.dice.pick(ACCOUNTS.filter((a) => globMatches(field, a))) ?? field;
      }
      return field.replace(
        /\$\{[^}]*\}/g,
        (variable) => (/account/i.test(variable) ? this.account : this.dice.pick(['payments', 'orders'])),
      )
        .replace(/[*?]/g, (wildcard) => (wildcard === '?' ? this.dice.pick(['a', 'F', '1', '-']) : this.filler()));
    }).join(':');
  }

  private filler(): string {
    return this.dice.chance(60) ? this.dice.pick(FILLERS) : `${this.dice.pick(FILLERS)}${this.dice.pick(this.names)}`;
  }

  /** Now and then another Region or account, or a name that nearly is the same. */
  private changed(resource: string): string {
    const fields = resource.split(':');
    if (this.dice.chance(12) && fields[3] !== '') { fields[3] = this.dice.pick(REGIONS[this.partition]); }
    if (this.dice.chance(8) && fields[4] !== '') { fields[4] = this.dice.pick(ACCOUNTS); }
    const whole = fields.join(':');
    if (this.dice.chance(85)) { return whole; }
    return this.dice.pick([`${whole}x`, `${whole}/x`, whole.slice(0, -1), whole.replace(/[^:]$/, 'q')]);
  }

  private ofForm(service: string, form: string): string {
    return placeholdersOf(form).reduce((text, placeholder) => {
      const is = new RegExp(`^(?:${expressionOf(service, placeholder, false)})$`);
      const value = this.valueOf(placeholder, is);
      return text.replace(`\${${placeholder}}`, () => value);
    }, form);
  }

  private valueOf(placeholder: string, is: RegExp): string {
    if (placeholder === '*') { return '*'; }
    if (placeholder === 'Partition') { return this.partition; }
    if (placeholder === 'Region') { return this.dice.pick(REGIONS[this.partition]); }
    if (placeholder === 'Account') { return this.dice.pick(ACCOUNTS); }
    for (let attempt = 0; attempt < 8; attempt++) {
      const name = this.dice.chance(30) ? `${this.dice.pick(this.names)}/${this.dice.pick(this.names)}` : this.dice.pick(this.names);
      if (is.test(name)) { return name; }
    }
    return ['x1', '1', '2024-05-01T12:00:00.000', '0123-ab', 'i-0123456789abcdef0'].find((one) => is.test(one)) ?? 'x';
  }

  // ---- The context ----

  private context(action: RealAction, resource: string, type: RealType | undefined): Map<string, ContextValue> {
    const { dice } = this;
    const context = new Map<string, ContextValue>(principalKeys(this.pair.arn));
    context.set('aws:userid', `AROA1234567890EXAMPLE:${dice.pick(['eks-payments-a1b2', 'payments'])}`);
    context.set('aws:tokenissuetime', NOW).set('aws:currenttime', NOW).set(
      'aws:epochtime', String(Date.parse(NOW) / 1000),
    );
    context.set('aws:securetransport', dice.chance(75) ? 'true' : 'false');
    if (dice.chance(50)) { context.set('aws:multifactorauthpresent', 'false'); }
    this.addNetwork(context);
    this.addPlace(context, action, resource);
    for (const [key, values] of this.mentioned) {
      const isTag = key.startsWith('aws:principaltag/');
      if (context.has(key) || (isGlobal(key) && !isTag) || tagOf(key) !== undefined) { continue; }
      const listed = isTag || isListed(action, type, key) === 'certain';
      if (!listed || (dice.chance(30) && !isAlwaysInAction(action.name, key))) { continue; }
      const value = this.value(key, values, action.service);
      if (value !== undefined) { context.set(key, value); }
    }
    this.addTags(context, action, type);
    for (const [key, value] of tiedKeys(action, resource, this.account)) { context.set(key, value); }
    const own = context.get('aws:resourceaccount');
    if (action.service === 's3' && own !== undefined && isListed(action, type, 's3:resourceaccount') === 'certain') {
      context.set('s3:resourceaccount', own);
    }
    const region = context.get('aws:requestedregion');
    if (action.service === 'ec2' && region !== undefined) { context.set('ec2:region', region); }
    return context;
  }

  private addNetwork(context: Map<string, ContextValue>): void {
    const { dice } = this;
    context.set('aws:viaawsservice', dice.chance(20) ? 'true' : 'false');
    if (dice.chance(60)) {
      context.set('aws:sourceip', dice.pick(['203.0.113.5', '203.0.113.200', '198.51.100.7']));
    } else {
      const [vpc, vpce] = dice.pick(
        [['vpc-0a1b2c3d4e5f67890', 'vpce-0a1b2c3d4e5f67890'], ['vpc-0ffffffffffffffff', 'vpce-0ffffffffffffffff']],
      );
      context.set('aws:sourcevpc', vpc).set('aws:sourcevpce', vpce).set(
        'aws:vpcsourceip', dice.pick(['10.0.3.4', '10.1.0.1']),
      );
    }
  }

  /** The Region that is called, the account of the resource, and its organization. */
  private addPlace(context: Map<string, ContextValue>, action: RealAction, resource: string): void {
    const { dice } = this;
    const organization = dice.pick(this.organizations);
    if (organization !== undefined) { context.set('aws:principalorgid', organization); }
    const fields = resource.split(':');
    const isTied = resource !== '*' && fields[3] !== '' && (!mayCrossRegions(action.name) || dice.chance(50));
    const region = isTied ? fields[3] : dice.pick(REGIONS[this.partition]);
    // IAM is called in one Region: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
    context.set('aws:requestedregion', action.service === 'iam' && this.partition === 'aws' ? 'us-east-1' : region);
    const inArn = /^\d{12}$/.test(fields[4] ?? '') ? fields[4] : undefined;
    const account = resource === '*' ? this.account : inArn ?? dice.pick([this.account, this.account, OTHER_ACCOUNT]);
    if (hasResourceAccount(action.name)) {
      context.set('aws:resourceaccount', account);
      const owner = account === this.account ? organization : dice.pick([organization, undefined, 'o-z9y8x7w6v5']);
      if (owner !== undefined) { context.set('aws:resourceorgid', owner); }
    }
  }

  /** A tag has the same value under all its names. */
  private addTags(context: Map<string, ContextValue>, action: RealAction, type: RealType | undefined): void {
    const keys = [...this.mentioned.keys()].filter((key) => tagOf(key) !== undefined);
    for (const tag of new Set(keys.map((key) => tagOf(key)!))) {
      if (this.dice.chance(30)) { continue; }
      const values = keys.filter((key) => tagOf(key) === tag).flatMap((key) => this.mentioned.get(key)!);
      const value = this.text(values);
      for (const prefix of ['aws', action.service]) {
        const key = `${prefix}:resourcetag/${tag}`;
        if (isListed(action, type, key) === 'certain') { context.set(key, value); }
      }
      if (isListed(action, type, `s3:buckettag/${tag}`) === 'certain') { context.set(`s3:buckettag/${tag}`, value); }
    }
    const added = tagsOfRequest(context.keys());
    const tagKeys = context.get('aws:tagkeys');
    if (added.length > 0 && isListed(action, type, 'aws:tagkeys') !== 'no') {
      context.set('aws:tagkeys', [...new Set([...added, ...this.dice.chance(30) ? ['owner'] : []])]);
    } else if (tagKeys !== undefined) {
      const absent = tagsOfRequest(this.mentioned.keys());
      const kept = listOf(tagKeys).filter((key) => !absent.includes(key.toLowerCase()));
      if (kept.length > 0) { context.set('aws:tagkeys', kept); } else { context.delete('aws:tagkeys'); }
    }
  }

  private value(key: string, values: readonly string[], service: string): ContextValue | undefined {
    const { dice } = this;
    const type = key === 'aws:tagkeys' ? 'ArrayOfString' : typeOfKey(
      key.split(':')[0], key,
    ) ?? typeOfKey(service, key) ?? 'String';
    if (type.startsWith('ArrayOf')) { return Array.from({ length: 1 + dice.below(3) }, () => this.text(values)); }
    if (type === 'Bool') { return dice.pick(['true', 'false']); }
    if (type === 'Numeric') {
      return String(Number(dice.pick(values.length > 0 ? values : ['1'])) + dice.pick([0, 0, 1, -1]));
    }
    return type === 'String' || type === 'ARN' ? this.text(values) : undefined;
  }

  private text(values: readonly string[]): string {
    const { dice } = this;
    const one = values.length > 0 && dice.chance(75) ? dice.pick(values) : dice.pick(OTHER_VALUES);
    return one.replace(
      /\$\{[^}]*\}/g, (v) => (/account/i.test(v) ? this.account : dice.pick(['payments', 'orders'])),
    ).replace(/[*?]/g, () => dice.pick(['', 'x', 'payments', 'eu-west-1']));
  }
}

const TAG_OF_REQUEST = 'aws:requesttag/';

function tagsOfRequest(keys: Iterable<string>): string[] {
  return [...keys].filter((key) => key.startsWith(TAG_OF_REQUEST)).map((key) => key.slice(TAG_OF_REQUEST.length));
}

/** The condition keys and variables that statements name, in lower case, with the values that they are compared with. */
export function mentionedKeys(statements: readonly StatementDocument[]): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  const add = (key: string, values: readonly string[]) => keys.set(
    key.toLowerCase(), [...keys.get(key.toLowerCase()) ?? [], ...values],
  );
  for (const statement of statements) {
    for (const [operator, entries] of Object.entries(statement.Condition ?? {})) {
      for (const [key, values] of Object.entries(entries)) {
        add(key, operator === 'Null' ? [] : listOf(values).map(String));
      }
    }
  }
  for (const [, variable] of JSON.stringify(statements).matchAll(/\$\{([a-zA-Z][^{},]*)[^{}]*\}/g)) {
    add(variable, []);
  }
  return keys;
}

/** The organization of the account of the role: one that the policies name, or none. */
function organizationsOf(mentioned: ReadonlyMap<string, readonly string[]>): Array<string | undefined> {
  const keys = ['aws:principalorgid', 'aws:resourceorgid'];
  const named = keys.flatMap((key) => mentioned.get(key) ?? []).filter((value) => value.startsWith('o-'));
  if (named.length > 0) { return named; }
  return keys.some((key) => mentioned.has(key)) ? [ORGANIZATION] : [undefined, ORGANIZATION];
}

function resourcesOf({ Resource, NotResource }: StatementDocument): readonly string[] {
  return [...listOf(Resource), ...listOf(NotResource)];
}

function wordsOf(arn: string): string[] {
  return arn.split(':').slice(5).join(':').replace(/\$\{[^}]*\}/g, '*').split(/[:/*?]+/).filter(
    (word) => /^[\w.-]{2,}$/.test(word),
  );
}

/** All services that the policies name. */
function servicesOf(statements: readonly StatementDocument[]): readonly string[] {
  const actions = statements.flatMap(({ Action, NotAction }) => [...listOf(Action), ...listOf(NotAction)]);
  return [...new Set(actions.filter((action) => action.includes(':')).map((action) => action.split(':')[0]))];
}

function allowedActions(statements: readonly StatementDocument[], services: readonly string[]): readonly RealAction[] {
  return services.flatMap(actionsOf).filter(({ name }) => statements.some((statement) => mayApply(statement, name)));
}

function mayApply({ Action, NotAction }: StatementDocument, action: string): boolean {
  return NotAction === undefined
    ? listOf(Action).some((pattern) => globMatches(pattern.toLowerCase(), action.toLowerCase()))
    : !listOf(NotAction).some((pattern) => globMatches(pattern.toLowerCase(), action.toLowerCase()));
}

const GLOBS = new Map<string, RegExp>();

function globMatches(glob: string, text: string): boolean {
  const known = GLOBS.get(glob) ?? new RegExp(
    `^${glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`,
  );
  GLOBS.set(glob, known);
  return known.test(text);
}
