/**
 * Adds to access points what their buckets deny: a request through an access point also needs the permission of its bucket.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
import { isText, itemsOf, Json, partsOf, StringPart, SymbolicString, textKey } from '../../engine';
import { Evaluator } from '../evaluator';
import { referencedResource } from '../references';
import { keyOf } from '../template-set';
import { ProtectedResource, ResourceStatement } from './protected-resource';
import { readStatement } from './read-statement';

export function withBucketDenials(resources: readonly ProtectedResource[], evaluator: Evaluator): readonly ProtectedResource[] {
  if (!resources.some(({ type }) => type === 'AWS::S3::AccessPoint')) { return resources; }
  const byRef = new Map(resources.flatMap((resource) => (resource.ref ? [[keyOf(resource.ref), resource] as const] : [])));
  return resources.map((resource) => {
    const { type, ref } = resource;
    const named = type === 'AWS::S3::AccessPoint' && ref ? referencedResource(ref.resource.Properties?.Bucket, ref.stack, evaluator)?.ref : undefined;
    const bucket = named && byRef.get(keyOf(named));
    if (!bucket) { return resource; }
    return { ...resource, statements: [...resource.statements, ...bucket.statements.flatMap((one) => through(resource, one, bucket))] };
  });
}

/** A Deny statement of the bucket, with its resources as the access point names them. */
function through(
  accessPoint: ProtectedResource, { written, statement, isCertain }: ResourceStatement, bucket: ProtectedResource,
): readonly ResourceStatement[] {
  const { Resource: named } = written;
  if (statement.effect !== 'Deny' || named === undefined) { return []; }
  const resources = itemsOf(named).flatMap((item) => throughAccessPoint(item, accessPoint, bucket) ?? []);
  const read = resources.length === 0 ? [] : readStatement({ ...written, Resource: resources }, statement.index, '2012-10-17', accessPoint, bucket.path) ?? [];
  return read.map((one) => ({ ...one, written, isCertain: isCertain && one.isCertain }));
}

/** `BUCKET/photos/*` → `ACCESS-POINT/object/photos/*` */
function throughAccessPoint(item: Json, { arn }: ProtectedResource, bucket: ProtectedResource): Json | undefined {
  if (!isText(item) || item === '*') { return item; }
  const rest = restAfter(item, bucket.arn);
  if (rest === undefined) { return undefined; }
  return rest.length === 0 ? arn : SymbolicString.from([...partsOf(arn), '/object', ...rest]);
}

/** What follows the beginning of a text; `undefined` if it begins otherwise, or goes on inside a name. */
function restAfter(text: string | SymbolicString, beginning: string | SymbolicString): readonly StringPart[] | undefined {
  if (textKey(text) === textKey(beginning)) { return []; }
  const [parts, start] = [partsOf(text), partsOf(beginning)];
  const last = start.length - 1;
  const isSame = (a: StringPart, b: StringPart) => textKey(SymbolicString.from([a])) === textKey(SymbolicString.from([b]));
  if (parts.length < start.length || !start.slice(0, last).every((part, i) => isSame(part, parts[i]))) { return undefined; }
  const [end, part] = [start[last], parts[last]];
  const rest = typeof end === 'string' && typeof part === 'string' && part.startsWith(end) ? [part.slice(end.length), ...parts.slice(start.length)]
    : isSame(end, part) ? parts.slice(start.length) : [];
  return typeof rest[0] === 'string' && rest[0].startsWith('/') ? rest : undefined;
}
