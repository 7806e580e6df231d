/** Maximum number of concurrent calls. IAM and EKS throttle an account at some tens of calls a second. */
export const AT_A_TIME = 8;

/** Like `Promise.all` over `items`, in their order, with a few at a time. It throws the first failure and starts nothing more. */
export async function inParallel<T, Result>(items: readonly T[], work: (item: T) => Promise<Result>, limit = AT_A_TIME): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const i = next++;
      try {
        results[i] = await work(items[i]);
      } catch (e) {
        failed = true;
        throw e;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
