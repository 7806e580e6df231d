/** Reads the ARN of a role that was given. */
import { UsageError } from '../exit-codes';

/** @param name what it was given as, for messages. @throws UsageError if it is not the ARN of a role */
export function roleArnIn(value: unknown, name: string): string {
  if (typeof value !== 'string' || !/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(value)) {
    throw new UsageError(`${name} ${JSON.stringify(value)}: not the ARN of a role, such as arn:aws:iam::111122223333:role/example`);
  }
  return value;
}
