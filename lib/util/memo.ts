/**
 * Memoization, the only one in the library: each value is computed once for each key.
 *
 * Invariant: `compute` is a pure function of its key, so that a cached value is the value. An object is a key by its
 * identity and holds its value only as long as it lives. Other keys are counted: a full cache is emptied, so that it
 * stays bounded in a process that reads many templates. A computation that throws leaves nothing behind.
 */
const DEFAULT_LIMIT = 10_000;

interface Cache<K, V> {
  get(key: K): V | undefined;
  has(key: K): boolean;
  set(key: K, value: V): unknown;
}

/** @param limit the most values that are kept for keys that are no objects */
export function memoize<K, V>(compute: (key: K) => V, limit = DEFAULT_LIMIT): (key: K) => V {
  const ofObjects = new WeakMap<object, V>();
  const ofOthers = new Map<K, V>();
  return (key) => {
    const isObject = typeof key === 'object' && key !== null;
    const cache: Cache<K, V> = isObject ? ofObjects as Cache<unknown, V> : ofOthers;
    const cached = cache.get(key);
    if (cached !== undefined || cache.has(key)) { return cached as V; }
    const value = compute(key);
    if (!isObject && ofOthers.size >= limit) { ofOthers.clear(); }
    cache.set(key, value);
    return value;
  };
}

/** The same for things that are equal if their keys are: the first of them is computed. */
export function memoizeBy<T, K, V>(keyOf: (one: T) => K, compute: (one: T) => V, limit = DEFAULT_LIMIT): (one: T) => V {
  const computed = memoize((_key: K): { done?: { readonly value: V } } => ({}), limit);
  return (one) => {
    const entry = computed(keyOf(one));
    entry.done ??= { value: compute(one) };
    return entry.done.value;
  };
}

/** The same for a pair of keys: each first key has a cache of its own. */
export function memoizePair<A, B, V>(compute: (a: A, b: B) => V, limit = DEFAULT_LIMIT): (a: A, b: B) => V {
  const byFirst = memoize((a: A) => memoize((b: B) => compute(a, b), limit), limit);
  return (a, b) => byFirst(a)(b);
}
