/** What the evaluator of test/oracle does not know: two policies for one request, defaults of services, and values of parameters. */
export const BEYOND_THE_EVALUATOR: readonly RegExp[] = [
  /^access point: /, /^topic: no policy, no identity policy$/, /^file system: no policy, no identity policy$/,
  /of a parameter$/,
];
