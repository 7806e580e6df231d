import { Text, Unknown } from '../engine';
import { splitText } from './items-of';
import { Value } from './value';

/**
 * The fields of an ARN: `arn`, partition, service, region, account, and the rest. `undefined` where it cannot be told where they
 * end, or where it is none.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function arnFieldsOf(arn: Value): ReadonlyArray<string | Text> | undefined {
  const fields = arn instanceof Unknown ? undefined : splitText(arn, ':');
  return fields && fields.length >= 6 && fields[0] === 'arn' ? [...fields.slice(0, 5), joined(fields.slice(5))] : undefined;
}

function joined(fields: ReadonlyArray<string | Text>): string | Text {
  return Text.of(...fields.flatMap((field, i) => (i === 0 ? [field] : [':', field])));
}
