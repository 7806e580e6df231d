import { createColors } from 'picocolors';
import { Colors } from 'picocolors/types';

/** Colours on a terminal only, and not where people ask for none: https://no-color.org */
export function hasColors(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

export function colorsFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Colors {
  return createColors(hasColors(stream, env));
}
