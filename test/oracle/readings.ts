import {
  ALL_READINGS, DEFAULT_READING, evaluate, PolicyDocument, Reading, Request, roleAllows, StatementDocument,
} from './evaluate';

/** What a session policy and a role are compared about. */
export interface Compared {
  readonly session: PolicyDocument;
  readonly identity: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
}

/** Whether the session policy allows the request and the role does not. */
export function exceedsFor(
  { session, identity, boundary }: Compared, request: Request, reading: Reading = DEFAULT_READING,
): boolean {
  return evaluate([session], request, reading) === 'allow' && !roleAllows(identity, boundary, request, reading);
}

/** The same question with only the statements that apply to the action: large policies have thousands of others. */
export function aboutAction({ session, identity, boundary }: Compared, action: string): Compared {
  const about = (document: PolicyDocument) => statementsAbout(document, action);
  return { session: about(session), identity: identity.map(about), boundary: boundary && about(boundary) };
}

/** The readings that can make a difference to the request: the others choose between equals. */
export function readingsFor(compared: Compared, request: Request): readonly Reading[] {
  const fixed = [...choicesWithoutEffect(compared)];
  const values = [...request.context.values()];
  if (request.resource !== '*') { fixed.push('starResource'); }
  if (!values.some((value) => Array.isArray(value))) { fixed.push('severalValues'); }
  if (!values.flat().includes('')) { fixed.push('emptyString'); }
  return readingsWith(/[A-Z]/.test(headerOf(request.resource)) ? fixed.filter((name) => name !== 'headerCase') : fixed);
}

const WITHOUT_EFFECT = new WeakMap<Compared, ReadonlyArray<keyof Reading>>();

/** Whatever the request is. Computed once for each question: there are hundreds of requests for each. */
function choicesWithoutEffect(compared: Compared): ReadonlyArray<keyof Reading> {
  const known = WITHOUT_EFFECT.get(compared);
  if (known) { return known; }
  const statements = documentsOf(compared).flatMap(statementsOf);
  const resources = statements.flatMap(
    (statement) => [...listOf(statement.Resource), ...listOf(statement.NotResource)],
  );
  const source = JSON.stringify(statements);
  const fixed: Array<keyof Reading> = [];
  if (resources.every(hasSixFields) && !/"[^"]*Arn(Not)?(Equals|Like)/.test(source)) { fixed.push('shortArn'); }
  if (!resources.some((arn) => /[A-Z]/.test(headerOf(arn)))) { fixed.push('headerCase'); }
  if (!/ForAnyValue:\w+IfExists/.test(source)) { fixed.push('anyValueIfExists'); }
  if (!source.includes('${')) { fixed.push('variableValues'); }
  if (!source.includes('${') || !source.includes('NotResource')) { fixed.push('unresolvedNotResource'); }
  WITHOUT_EFFECT.set(compared, fixed);
  return fixed;
}

export function documentsOf({ session, identity, boundary }: Compared): readonly PolicyDocument[] {
  return [session, ...identity, ...(boundary ? [boundary] : [])];
}

export function statementsOf(document: PolicyDocument): readonly StatementDocument[] {
  return [document.Statement].flat() as StatementDocument[];
}

export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : [value].flat() as T[];
}

/** Whether it is `*`, or an ARN that has all its fields by every reading. */
export function hasSixFields(resource: string): boolean {
  return /^\*+$/.test(resource) || resource.split(':').length >= 6;
}

/** Whether a request can name it as its resource. */
export function isRequestResource(resource: string): boolean {
  return resource === '*' || /^arn:[^:*?]+:[^:*?]+:/i.test(resource) && hasSixFields(resource);
}

function headerOf(arn: string): string {
  return arn.split(':').slice(0, 5).join(':');
}

const READINGS = new Map<string, readonly Reading[]>();

function readingsWith(fixed: ReadonlyArray<keyof Reading>): readonly Reading[] {
  const key = fixed.join();
  const known = READINGS.get(key)
    ?? ALL_READINGS.filter((reading) => fixed.every((name) => reading[name] === DEFAULT_READING[name]));
  READINGS.set(key, known);
  return known;
}

/** Documents made of a document, by what they were made for. */
type Cache = WeakMap<PolicyDocument, Map<string, PolicyDocument>>;

const ABOUT_SERVICE: Cache = new WeakMap();
const ABOUT_ACTION: Cache = new WeakMap();

function statementsAbout(document: PolicyDocument, action: string): PolicyDocument {
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  const rest = cached(ABOUT_SERVICE, document, service, () => onlyService(document, service));
  return cached(ABOUT_ACTION, document, action, () => onlyAction(rest, action));
}

/** Patterns that name another service match no action of this one. */
function onlyService(document: PolicyDocument, service: string): PolicyDocument {
  const ofService = (pattern: string) => !/^[^:*?]+:/.test(pattern) || pattern.toLowerCase().startsWith(`${service}:`);
  const some = (patterns: StatementDocument['Action']) => patterns && listOf(patterns).filter(ofService);
  const Statement = statementsOf(document).map((statement) => ({
    ...statement, Action: some(statement.Action), NotAction: some(statement.NotAction),
  }));
  return { ...document, Statement };
}

/** Whether a statement applies to an action does not depend on a reading, and is asked of the evaluator. */
function onlyAction(document: PolicyDocument, action: string): PolicyDocument {
  const request: Request = { action, resource: '*', context: new Map() };
  const onEverything = ({ Action, NotAction }: StatementDocument) => ({
    Statement: { Effect: 'Allow', Action, NotAction, Resource: '*' },
  });
  const Statement = statementsOf(document)
    .filter((statement) => evaluate([onEverything(statement)], request) === 'allow')
    .map((statement) => ({ ...statement, Action: action, NotAction: undefined }));
  return { ...document, Statement };
}

function cached(cache: Cache, of: PolicyDocument, key: string, make: () => PolicyDocument): PolicyDocument {
  const documents = cache.get(of) ?? new Map<string, PolicyDocument>();
  cache.set(of, documents);
  const known = documents.get(key) ?? make();
  documents.set(key, known);
  return known;
}
