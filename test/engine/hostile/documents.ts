/** The statements and documents that hostile inputs are made of. */
import { Json } from '../../../lib/engine';
import { Dice } from '../../dice';

export type JsonObject = { readonly [key: string]: Json };

export function document(...statements: Json[]): JsonObject {
  return { Version: '2012-10-17', Statement: statements };
}

export function allow(resource: Json, rest: JsonObject = {}): JsonObject {
  return { Effect: 'Allow', Action: 's3:GetObject', Resource: resource, ...rest };
}

export function deny(resource: Json, rest: JsonObject = {}): JsonObject {
  return { Effect: 'Deny', Action: 's3:*', Resource: resource, ...rest };
}

export function bucket(name: string): string {
  return `arn:aws:s3:::${name}`;
}

export function list<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

export function shuffled<T>(dice: Dice, items: readonly T[]): T[] {
  return dice.sample(items, items.length);
}

export function maybe(dice: Dice, rest: JsonObject): JsonObject {
  return dice.chance(30) ? rest : {};
}

export const EVERYTHING = { Action: '*', Resource: '*' };

export const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
