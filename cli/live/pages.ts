import type { Page } from './aws-reader';
import { AwsFailure, Call, callAws } from './failures';

/** Returns the items of all pages. A repeated token is an error: to continue would never end, and to stop could lose items. */
export async function allPages<T>(call: Call, read: (next?: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  const tokens = new Set<string>();
  let next: string | undefined;
  do {
    const page = await callAws(call, () => read(next));
    items.push(...page.items);
    next = page.next;
    if (next !== undefined && tokens.has(next)) {
      throw new AwsFailure('other', `${call.action} on ${call.on} failed: its pages do not end; the token of one came twice.`);
    }
    if (next !== undefined) { tokens.add(next); }
  } while (next !== undefined);
  return items;
}
