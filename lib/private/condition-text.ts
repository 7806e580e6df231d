/**
 * Conditions whose keys are deploy-time values. CloudFormation cannot express such a key in an object, which is what
 * `CfnJson` is for: a custom resource makes the object at deployment. A session policy is text, and text may have any value
 * inside, so the conditions are written as text and need no custom resource. `session-policy.ts` asks for it before it resolves.
 *
 * Invariant: conditions without such keys are returned unchanged.
 */
import { IResolvable, IResolveContext, Reference, Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { isRecord } from '../util/records';

type StatementJson = { readonly [element: string]: unknown };

/** The statement with the text of conditions whose keys have tokens. */
export function withConditionText<T extends StatementJson>(statement: T, owner: IConstruct | undefined): T {
  const written = statement.Condition;
  const text = textOf(written, owner);
  if (text !== undefined) { return { ...statement, Condition: text }; }
  if (!isRecord(written) || Token.isUnresolved(written)) { return statement; }
  const texts = Object.entries(written).flatMap(([operator, keys]) => {
    const ofKeys = textOf(keys, owner);
    return ofKeys === undefined ? [] : [[operator, ofKeys] as const];
  });
  return texts.length === 0 ? statement : { ...statement, Condition: { ...written, ...Object.fromEntries(texts) } };
}

/**
 * A number token: the CDK writes what it stands for without quotes.
 * @throws if the conditions are a reference, which may be made into text only if it is text
 */
function textOf(value: unknown, owner: IConstruct | undefined): number | undefined {
  if (isJson(value)) { return Token.asNumber(new Text(value.toJSON())); }
  if (Reference.isReference(value)) {
    throw new Error(`${owner ? `${owner.node.path}: ` : ''}the conditions of a session policy are a reference, ${value.target.node.path}.${value.displayName}. `
      + 'CloudFormation cannot write an object into the text of a policy. Give the conditions as an object, whose keys may contain tokens; '
      + 'for a CfnJson, give the CfnJson itself, not its value.');
  }
  const hasTokens = isRecord(value) && !Token.isUnresolved(value) && Object.keys(value).some((key) => Token.isUnresolved(key));
  return hasTokens && owner ? Token.asNumber(new Text(Stack.of(owner).toJsonString(value))) : undefined;
}

/** Whether it is a `CfnJson`, of this or another copy of the CDK: a construct that is a token, with a token for its text. */
function isJson(value: unknown): value is { toJSON(): string } {
  return Construct.isConstruct(value) && Token.isUnresolved(value) && 'toJSON' in value && typeof value.toJSON === 'function'
    && Token.isUnresolved(value.toJSON());
}

/** JSON text inside of JSON. */
class Text implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(private readonly json: string) {}

  public resolve(context: IResolveContext): unknown {
    const text: unknown = context.resolve(this.json);
    return typeof text === 'string' ? JSON.parse(text) : text;
  }
}
