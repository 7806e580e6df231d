/** Statements and policy documents as JSON, as a template or a policy file has them. */
type Statement = { readonly [element: string]: any };

export function allow(Action: unknown, Resource: unknown = '*', Condition?: unknown): Statement {
  return { Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) };
}

export function deny(Action: unknown, Resource: unknown = '*', Condition?: unknown): Statement {
  return { ...allow(Action, Resource, Condition), Effect: 'Deny' };
}

export function document<T>(...Statement: T[]): { readonly Version: string; readonly Statement: T[] } {
  return { Version: '2012-10-17', Statement };
}
