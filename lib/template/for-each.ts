/**
 * Expands the loops (`Fn::ForEach`) in the resources of a template, before `template-set.ts` indexes the resources.
 * Invariant: a loop that cannot be expanded is reported, because it may create any resource.
 */
import { isRecord } from '../util/records';

const LOOP = 'Fn::ForEach::';

/** CloudFormation accepts 500 resources in a template, so a template with more than this is not deployed. */
const MAX_RESOURCES = 1_000;

export interface LoopExpansion {
  readonly resources: ReadonlyArray<readonly [logicalId: string, resource: unknown]>;
  /** Loops whose items are deploy-time values, or that create too many resources. */
  readonly unexpanded: readonly string[];
}

/**
 * The resources of a template, with its loops expanded.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach-example-resource.html
 */
export function expandLoops(resources: unknown): LoopExpansion {
  const found: Array<readonly [string, unknown]> = [];
  const unexpanded: string[] = [];
  const expand = (map: unknown, depth: number): void => {
    for (const [key, value] of isRecord(map) ? Object.entries(map) : []) {
      if (!key.startsWith(LOOP)) {
        found.push([key, value]);
        continue;
      }
      const bodies = depth < 5 ? bodiesOf(value) : undefined; // CloudFormation accepts two nested loops
      if (!bodies || found.length > MAX_RESOURCES) { unexpanded.push(key); } else { bodies.forEach((body) => expand(body, depth + 1)); }
    }
  };
  expand(resources, 0);
  return { resources: found, unexpanded };
}

/** `[identifier, items, body]`: the body for each item. */
function bodiesOf(loop: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(loop)) { return undefined; }
  const [identifier, items, body] = loop;
  if (typeof identifier !== 'string' || !Array.isArray(items) || !items.every((item) => typeof item === 'string') || items.length > MAX_RESOURCES) {
    return undefined;
  }
  return items.map((item: string) => substituteIdentifier(body, identifier, item));
}

/** `${Identifier}` is the item; `&{Identifier}` is the item without the characters that a logical id may not contain. */
function substituteIdentifier(value: unknown, identifier: string, item: string): unknown {
  if (typeof value === 'string') {
    return value.split(`\${${identifier}}`).join(item).split(`&{${identifier}}`).join(item.replace(/[^A-Za-z0-9]/g, ''));
  }
  if (Array.isArray(value)) { return value.map((one) => substituteIdentifier(one, identifier, item)); }
  if (!isRecord(value)) { return value; }
  if (Object.keys(value).length === 1 && value.Ref === identifier) { return item; }
  const substitute = (one: unknown) => substituteIdentifier(one, identifier, item);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [substitute(key), substitute(one)]));
}
