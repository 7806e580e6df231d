/** The JSON of policy documents, as templates and files give it: with deploy-time values, and with parts that could not be read. */
import { SymbolicString } from '../strings/symbolic-string';

/**
 * A policy document as JSON. A string may be a `SymbolicString`. A part of a template that could not be followed is
 * `Unresolved`.
 */
export type Json =
  | string | number | boolean | null | SymbolicString | Unresolved | SymbolicMember | readonly Json[] | { readonly [key: string]: Json };

/** A value that could not be read, and why. */
export class Unresolved {
  public constructor(public readonly reason: string) {}

  public toJSON(): string {
    return `<${this.reason}>`;
  }

  /** For people: the reason in parentheses. */
  public toString(): string {
    return `(${this.reason})`;
  }
}

/**
 * A member of an object whose name has symbolic variables, such as the condition key `aws:ResourceTag/${Name}`. The object has it
 * under the name as people read it.
 */
export class SymbolicMember {
  public constructor(public readonly name: SymbolicString, public readonly value: Json) {}

  public toJSON(): Json {
    return this.value;
  }
}

export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof SymbolicString)
    && !(value instanceof Unresolved) && !(value instanceof SymbolicMember);
}

/** The items of a list. IAM takes one value in place of a list of one. */
export function itemsOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}
