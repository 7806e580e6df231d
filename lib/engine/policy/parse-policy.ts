/**
 * Reads policy documents by IAM's grammar. Policies from templates, declarations, files and accounts all enter the engine here.
 *
 * Invariant: a statement that is not completely understood is not in the policy, and each reason is one of the problems. Callers
 * turn problems into findings, or into gaps of a layer, so nothing is lost silently.
 */
import { keyOfCondition, ParsedCondition } from './condition-entry';
import { Operator, parseOperator } from './condition-operators';
import { isJsonObject, Json, JsonObject, SymbolicMember, Unresolved } from './json';
import { ConditionEntry, Policy, Statement, Targets } from './policy';
import { elementProblems, limitsSids, PolicyKind, versionOf } from './policy-kinds';
import { completeArn, isIncompleteArn } from '../strings/arn';
import { actionPattern, Pattern, resourcePattern } from '../strings/pattern';
import { SymbolicString } from '../strings/symbolic-string';

export interface Problem {
  /** `invalid`: IAM would reject the document. `missing`: IAM would reject it because something is absent. `unknown`: it could not be read. */
  readonly kind: 'invalid' | 'missing' | 'unknown';
  /** The place in the document, such as `Statement[0].Effect`. */
  readonly where: string;
  readonly message: string;
}

export interface ParsedPolicy {
  /** All statements that could be understood. */
  readonly policy: Policy;
  readonly problems: readonly Problem[];
}

export const POLICY_VERSIONS = ['2012-10-17', '2008-10-17'];
const DOCUMENT_ELEMENTS = ['Version', 'Id', 'Statement'];
const STATEMENT_ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition', 'Principal', 'NotPrincipal'];
const NEGATED = { Action: 'NotAction', Resource: 'NotResource' } as const;

/**
 * Reads an identity-based or session policy. In an identity-based policy, AWS adds the missing fields of an ARN as wildcards.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parsePolicy(document: Json, name: string, kind: PolicyKind = 'identity'): ParsedPolicy {
  const reader = new PolicyParser(name, kind);
  const statements = reader.document(document);
  return { policy: { name, statements }, problems: reader.problems };
}

/** A document in the policy language that has variables. */
export function policyDocument<Body>(body: Body): { readonly Version: '2012-10-17'; readonly Statement: Body } {
  return { Version: '2012-10-17', Statement: body };
}

/** Reads the document of one statement. */
export function parseStatement(statement: Json, name: string): ParsedPolicy {
  return parsePolicy(policyDocument(statement), name);
}

class PolicyParser {
  public readonly problems: Problem[] = [];
  private policyVariables = false;

  public constructor(private readonly name: string, private readonly kind: PolicyKind) {}

  public document(document: Json): Statement[] {
    if (!isJsonObject(document)) {
      this.reject('', document, 'is not a policy document, which is a JSON object with Version and Statement');
      return [];
    }
    this.unknownElements('', document, DOCUMENT_ELEMENTS);
    const version = document.Version;
    const only = versionOf(this.kind);
    if (only !== undefined && version === undefined) { this.miss('', `has no Version. Policies of an organization have "Version": "${only}"`); }
    if (only !== undefined && version !== undefined && version !== only) { this.reject('Version', version, `is not "${only}", the only version of policies of an organization`); }
    if (only === undefined && version !== undefined && !POLICY_VERSIONS.includes(version as string)) {
      this.reject('Version', version, `is not one of ${POLICY_VERSIONS.join(', ')}`);
    }
    // Without a Version the old language applies, and `${…}` is literal text:
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
    this.policyVariables = version === '2012-10-17';
    const body = document.Statement;
    if (body === undefined) {
      this.miss('', 'has no Statement');
      return [];
    }
    const list = Array.isArray(body) ? (body as readonly Json[]) : [body];
    if (list.length === 0) { this.miss('Statement', 'has no statements'); }
    const sids = new Set<string>();
    return list.flatMap((statement, index) => this.statement(statement, index, sids) ?? []);
  }

  private statement(statement: Json, index: number, sids: Set<string>): Statement | undefined {
    const where = `Statement[${index}]`;
    if (!isJsonObject(statement)) {
      this.reject(where, statement, 'is not a JSON object');
      return undefined;
    }
    const before = this.problems.length;
    this.unknownElements(where, statement, STATEMENT_ELEMENTS);
    elementProblems(statement, this.kind).forEach(({ element, message }) => (
      this.reject(element === '' ? where : `${where}.${element}`, element === '' ? undefined : statement[element], message)));
    const { Sid: sid, Effect: effect } = statement;
    if (sid !== undefined) {
      if (typeof sid !== 'string' || (limitsSids(this.kind) && !/^[A-Za-z0-9]*$/.test(sid))) { this.reject(`${where}.Sid`, sid, 'may only have the characters A-Z, a-z and 0-9'); }
      if (typeof sid === 'string' && sid !== '' && limitsSids(this.kind) && sids.has(sid)) { this.reject(`${where}.Sid`, sid, 'is used twice; a Sid is unique within its policy'); }
      if (typeof sid === 'string') { sids.add(sid); }
    }
    if (effect === undefined) { this.miss(where, "has no Effect ('Allow' or 'Deny')"); }
    if (effect !== undefined && effect !== 'Allow' && effect !== 'Deny') { this.reject(`${where}.Effect`, effect, "is neither 'Allow' nor 'Deny'"); }
    const actions = this.targets(statement, where, 'Action', (text, at) => this.action(text, at));
    const resources = this.targets(statement, where, 'Resource', (text, at) => this.resource(text, at));
    const conditions = this.conditions(statement.Condition, `${where}.Condition`);
    if (this.problems.length > before) { return undefined; }
    return {
      index,
      sid: sid as string | undefined,
      effect: effect as Statement['effect'],
      actions: actions!,
      resources: resources!,
      conditions,
      policyVariables: this.policyVariables,
      policy: this.name,
    };
  }

  private targets(
    statement: JsonObject, where: string, element: 'Action' | 'Resource', parse: (text: string | SymbolicString, at: string) => Pattern,
  ): Targets | undefined {
    const positive = statement[element];
    const negative = statement[NEGATED[element]];
    if ((positive === undefined) === (negative === undefined)) {
      if (positive === undefined) {
        this.miss(where, `has neither ${element} nor ${NEGATED[element]}`);
      } else {
        this.reject(where, undefined, `has both ${element} and ${NEGATED[element]}`);
      }
      return undefined;
    }
    const value = positive ?? negative;
    const at = `${where}.${positive === undefined ? NEGATED[element] : element}`;
    const list = Array.isArray(value) ? (value as readonly Json[]) : [value as Json];
    if (list.length === 0) { this.miss(at, 'is an empty list'); }
    const patterns: Pattern[] = [];
    for (const item of list) {
      if (typeof item === 'string' && item !== '' || item instanceof SymbolicString) {
        patterns.push(parse(item, at));
      } else {
        this.reject(at, item, item === '' ? 'is empty' : 'is not a string');
      }
    }
    return { negated: positive === undefined, patterns };
  }

  private action(text: string | SymbolicString, at: string): Pattern {
    if (typeof text === 'string' && !/^(\*|[A-Za-z0-9-]+:[A-Za-z0-9*?-]+)$/.test(text)) {
      this.reject(at, text, "is not an action: write 'service:Name', with * and ? in the name only, or '*'");
    }
    return actionPattern(text);
  }

  /** IAM rejects text that is certainly not an ARN: "Resource must be in ARN format or \"*\"". */
  private resource(text: string | SymbolicString, at: string): Pattern {
    const completes = this.kind !== 'session' && typeof text === 'string' && isIncompleteArn(text);
    if (typeof text === 'string' && /^[^*?$]*$/.test(text) && !completes && !/^arn(:[^:]*){5,}$/s.test(text)) {
      this.reject(at, text, "is neither an ARN (arn:partition:service:region:account:resource) nor '*'");
    }
    const pattern = resourcePattern(completes ? completeArn(text) : text, this.policyVariables);
    return completes ? { ...pattern, source: text, completedSource: completeArn(text) } : pattern;
  }

  private conditions(condition: Json | undefined, where: string): ConditionEntry[] {
    if (condition === undefined) { return []; }
    if (!isJsonObject(condition)) {
      this.reject(where, condition, 'is not a JSON object of operators');
      return [];
    }
    return Object.entries(condition).flatMap(([operator, keys]) => {
      if (keys instanceof SymbolicMember) {
        this.reject(where, keys.name, 'is not a condition operator of IAM');
        return [];
      }
      const parsed = parseOperator(operator);
      if (!parsed) {
        this.reject(where, operator, 'is not a condition operator of IAM');
        return [];
      }
      if (!isJsonObject(keys)) {
        this.reject(`${where}.${operator}`, keys, 'is not a JSON object of condition keys');
        return [];
      }
      const members = Object.entries(keys).map(([key, value]) => (value instanceof SymbolicMember ? value : { name: key, value }));
      if (new Set(members.map(({ name }) => keyOfCondition(name))).size < members.length) {
        this.problems.push({ kind: 'unknown', where: `${where}.${operator}`, message: 'has a key twice, in different case, and IAM does not document what that means' });
      }
      return members.map(({ name, value }) => this.entry(operator, parsed, name, value, `${where}.${operator}.${name}`));
    });
  }

  private entry(operator: string, parsed: Operator, key: string | SymbolicString, value: Json, where: string): ConditionEntry {
    const list = Array.isArray(value) ? (value as readonly Json[]) : [value];
    const values = list.flatMap((item): Array<string | SymbolicString> => {
      if (item instanceof SymbolicString || typeof item === 'string') { return [item]; }
      if (typeof item === 'number' && (!Number.isFinite(item) || (Number.isInteger(item) && !Number.isSafeInteger(item)))) {
        this.problems.push({ kind: 'unknown', where, message: `${item} is the number as JSON parsers round it; write it in quotes` });
        return [];
      }
      if (typeof item === 'boolean' || typeof item === 'number') { return [String(item)]; }
      this.reject(where, item, 'is not a string, number or boolean');
      return [];
    });
    return new ParsedCondition(operator, key, values, parsed, this.policyVariables);
  }

  private unknownElements(where: string, object: JsonObject, known: readonly string[]): void {
    for (const [element, value] of Object.entries(object)) {
      if (value instanceof SymbolicMember) { this.reject(where, value.name, 'is not an element of an IAM policy'); }
      if (value instanceof SymbolicMember || known.includes(element)) { continue; }
      const meant = known.find((name) => name.toLowerCase() === element.toLowerCase());
      if (meant) { // IAM does not document whether it accepts another case
        this.problems.push({ kind: 'unknown', where, message: `${JSON.stringify(element)} is not how IAM's grammar writes '${meant}'` });
      } else {
        this.reject(where, element, 'is not an element of an IAM policy');
      }
    }
  }

  private miss(where: string, message: string): void {
    this.problems.push({ kind: 'missing', where, message });
  }

  private reject(where: string, value: Json | undefined, message: string): void {
    if (value instanceof Unresolved) {
      this.problems.push({ kind: 'unknown', where, message: value.reason });
      return;
    }
    const shown = value === undefined ? '' : `${excerpt(value)} `;
    const kind = value instanceof SymbolicString ? 'unknown' : 'invalid';
    this.problems.push({ kind, where, message: kind === 'unknown' ? `${shown}is a deploy-time value` : `${shown}${message}` });
  }
}

const EXCERPT_LENGTH = 120;

/** The value in a message. */
export function excerpt(value: Json): string {
  let text: string;
  try {
    text = String(JSON.stringify(value));
  } catch { // nested deeper than the stack
    text = Array.isArray(value) ? '[…]' : '{…}';
  }
  return text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}…` : text;
}
