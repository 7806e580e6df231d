/**
 * Reads one statement of a resource policy, on the resource that has it.
 *
 * Invariant: a statement of which a part applies to other resources is not `isExact`.
 */
import { insideOf } from './places';
import { ProtectedResource, ResourceStatement } from './protected-resource';
import {
  Budget, isJsonObject, isText, itemsOf, Json, JsonObject, mayOverlap, parsePolicy, partsOf, Pattern, resourceCovers, resourcePattern, sameText,
  SymbolicString,
} from '../../engine';

type Text = string | SymbolicString;

/** `undefined`: it was not understood. Empty: it applies to other resources. @param owner what has the policy */
export function readStatement(
  written: Json, index: number, version: Json, resource: ProtectedResource, owner = resource.path,
): readonly ResourceStatement[] | undefined {
  if (!isJsonObject(written)) { return undefined; }
  const { Principal: _, NotPrincipal: __, Sid: sid, Resource: named, NotResource: excepted, ...rest } = written;
  const resources = excepted !== undefined ? ownWithout(excepted, resource) : named !== undefined ? ownIn(named, resource)
    : { patterns: ownTexts(resource), isExact: true }; // policies of repositories name no resource
  if (resources === undefined || resources.patterns.length === 0) { return resources && []; }
  const read = (document: Json) => {
    const { policy, problems } = parsePolicy(document, `the policy of ${owner}`);
    return problems.length > 0 || policy.statements.length !== 1 ? undefined : { ...policy.statements[0], index, ...(typeof sid === 'string' && { sid }) };
  };
  const statement = read({ Version: version, Statement: { ...rest, Resource: resources.patterns } });
  const asWritten: JsonObject = excepted !== undefined ? { NotResource: excepted } : { Resource: named === undefined ? '*' : itemsOf(named).map((item) => completed(item as Text, resource)) };
  const within = read({ Version: version, Statement: { ...rest, ...asWritten } });
  return statement && within && [{ written, statement, within, isExact: resources.isExact, isCertain: true }];
}

interface OwnPatterns {
  readonly patterns: readonly Text[];
  /** Whether they are exactly what the statement is about. */
  readonly isExact: boolean;
}

/** The parts of the patterns that are on the resource itself: in its own policy, `*` is the resource. */
function ownIn(named: Json, resource: ProtectedResource): OwnPatterns | undefined {
  let isExact = true;
  const patterns: Text[] = [];
  for (const item of itemsOf(named)) {
    if (!isText(item)) { return undefined; }
    const text = completed(item, resource);
    const pattern = resourcePattern(text, false);
    const covered = ownTexts(resource).filter((_, i) => covers(pattern, resource.own[i]));
    if (text !== '*' && (sameText(text, resource.arn) || resource.own.some((own) => covers(own, pattern)))) {
      patterns.push(text);
    } else if (covered.length > 0) {
      patterns.push(...covered);
    } else if (resource.own.some((own) => overlaps(pattern, own))) {
      patterns.push(text);
      isExact = false; // a part of it applies to others
    }
  }
  return { patterns, isExact };
}

function ownWithout(excepted: Json, resource: ProtectedResource): OwnPatterns | undefined {
  const items = itemsOf(excepted);
  if (!items.every(isText)) { return undefined; }
  const patterns = items.map((item) => resourcePattern(completed(item, resource), false));
  const left = ownTexts(resource).filter((_, i) => !patterns.some((pattern) => covers(pattern, resource.own[i])));
  return { patterns: left, isExact: !left.some((text) => patterns.some((pattern) => overlaps(pattern, resourcePattern(text, false)))) };
}

/** API Gateway treats `execute-api:/stage/…` as the ARN of the API. */
function completed(text: Text, resource: ProtectedResource): Text {
  const prefix = 'execute-api:/';
  return resource.type === 'AWS::ApiGateway::RestApi' && typeof text === 'string' && text.startsWith(prefix)
    ? SymbolicString.from([...partsOf(resource.arn), text.slice(prefix.length - 1)]) : text;
}

/** The ARN of a resource, and the patterns of what is inside. */
export function ownTexts({ arn, type }: Pick<ProtectedResource, 'arn' | 'type'>): readonly Text[] {
  return [arn, ...insideOf(type).map((inside) => SymbolicString.from([...partsOf(arn), inside]))];
}

function covers(wide: Pattern, narrow: Pattern): boolean {
  return resourceCovers(wide, narrow, new Budget(Infinity));
}

function overlaps(a: Pattern, b: Pattern): boolean {
  return mayOverlap(a, b, 'distinct', new Budget(Infinity));
}
