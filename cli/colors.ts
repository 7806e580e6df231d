/**
 * Decides whether text output has colors: only on a terminal, so files and pipes never contain color codes.
 */
import { createColors } from 'picocolors';
import { Colors } from 'picocolors/types';

/** Respects `NO_COLOR` and terminals without colors. @see https://no-color.org */
export function hasColors(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

export function colorsFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Colors {
  return createColors(hasColors(stream, env));
}
