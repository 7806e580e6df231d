/**
 * Memoization, the only one in the library: each value is computed once for each key.
 *
 * Invariant: `compute` is a pure function of its key, so that a cached value is the value. An object is a key by its
 * identity and holds its value only as long as it lives. Other keys are counted: a full cache is emptied, so that it
 * stays bounded in a process that reads many templates. A computation that throws leaves nothing behind.
 */
const DEFAULT_LIMIT = 10_000;

/** @param limit maximum number of values that are kept for keys that are not objects */
export function memoize<K, V>(compute: (key: K) => V, limit = DEFAULT_LIMIT): (key: K) => V {
  return memoizeBy((key) => key, compute, limit);
}

/** The same for a pair of keys: each first key has a cache of its own. */
export function memoizePair<A, B, V>(compute: (a: A, b: B) => V, limit = DEFAULT_LIMIT): (a: A, b: B) => V {
  const byFirst = memoize((a: A) => memoize((b: B) => compute(a, b), limit), limit);
  return (a, b) => byFirst(a)(b);
}

/** The same for arguments that share a key: `compute` returns equal values for arguments of equal keys. */
export function memoizeBy<A, K, V>(keyOf: (argument: A) => K, compute: (argument: A) => V, limit = DEFAULT_LIMIT): (argument: A) => V {
  const cache = new Cache<V>(limit);
  return (argument) => {
    const key = keyOf(argument);
    const cached = cache.get(key);
    return cached !== undefined || cache.has(key) ? cached as V : cache.add(key, compute(argument));
  };
}

/** A value that is computed lazily, and once. */
export function lazy<V>(compute: () => V): () => V {
  let computed: { readonly value: V } | undefined;
  return () => (computed ??= { value: compute() }).value;
}

class Cache<V> {
  private readonly ofObjects = new WeakMap<object, V>();
  private readonly ofOthers = new Map<unknown, V>();

  public constructor(private readonly limit: number) {}

  public get(key: unknown): V | undefined {
    return isObject(key) ? this.ofObjects.get(key) : this.ofOthers.get(key);
  }

  public has(key: unknown): boolean {
    return isObject(key) ? this.ofObjects.has(key) : this.ofOthers.has(key);
  }

  public add(key: unknown, value: V): V {
    if (isObject(key)) {
      this.ofObjects.set(key, value);
    } else {
      if (this.ofOthers.size >= this.limit) { this.ofOthers.clear(); }
      this.ofOthers.set(key, value);
    }
    return value;
  }
}

function isObject(key: unknown): key is object {
  return typeof key === 'object' && key !== null;
}
