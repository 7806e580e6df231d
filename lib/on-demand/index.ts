/**
 * The only lazy import of the library. Most files need the engine. An app that loads the package and uses nothing of it does without
 * them; the first association or session policy loads them all.
 *
 * Measured: loading the package after aws-cdk-lib takes 7 ms of CPU time for 21 files, and 42 to 48 ms for 139 files with a plain
 * import. With only the validation behind the door it takes 31 to 34 ms, because session policies need the engine, too. The limit is
 * 20 ms (bench/synth.ts).
 */
export function onDemand(): typeof import('./engine-users') {
  return require('./engine-users'); // eslint-disable-line @typescript-eslint/no-require-imports -- `import` would load it with the package
}
