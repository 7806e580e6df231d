/**
 * Reads all pages of a list. Invariant: a list that does not end, or whose next page fails, is a failure that keeps the items until
 * then: to treat it as the whole list could lose items.
 */
import type { Page } from './aws-reader';
import { AwsFailure, Call, callAws } from './failures';
import { MAX_PAGES } from './limits';

export interface Listed<T> {
  readonly items: readonly T[];
  /** Why the list is not complete. */
  readonly failure?: AwsFailure;
}

/**
 * @param maximum of items
 * @param counted is called after each page with the number of items
 */
export async function listPages<T>(
  call: Call, read: (next?: string) => Promise<Page<T>>, maximum: number, counted: (items: number) => void = () => undefined,
): Promise<Listed<T>> {
  const items: T[] = [];
  const tokens = new Set<string>();
  const endless = (why: string) => ({ items, failure: new AwsFailure('unclear', `${call.action} on ${call.on} failed: its pages do not end; ${why}.`, call.action) });
  let next: string | undefined;
  do {
    let page: Page<T>;
    try {
      page = await callAws(call, () => read(next));
    } catch (e) {
      if (!(e instanceof AwsFailure)) { throw e; }
      return { items, failure: e };
    }
    page.items.forEach((item) => items.push(item));
    counted(items.length);
    next = page.next;
    if (next === undefined) { break; }
    if (tokens.has(next)) { return endless('the token of one came twice'); }
    tokens.add(next);
    if (tokens.size >= MAX_PAGES) { return endless(`there are more than ${MAX_PAGES}`); }
    if (items.length >= maximum) { return endless(`they have more than ${maximum} items`); }
  } while (next !== undefined);
  return { items };
}

/** Returns the items of all pages. @throws AwsFailure if they are not all there */
export async function allPages<T>(call: Call, read: (next?: string) => Promise<Page<T>>, maximum: number): Promise<readonly T[]> {
  const { items, failure } = await listPages(call, read, maximum);
  if (failure) { throw failure; }
  return items;
}
