/** A path of a git revision, such as `HEAD~1:cdk.out`, as `git show` takes it. */
export interface Revision {
  readonly name: string;
  /** The path from the top of the repository; from the current folder if it begins with `./` or `../`. Empty: the whole revision. */
  readonly path: string;
}

/** Parses `REV:PATH`; `undefined` if it is none, such as `C:\\app.yaml`. */
export function revisionIn(text: string): Revision | undefined {
  const [, name, path] = /^([^:]+):(.*)$/s.exec(text) ?? [];
  return name === undefined || /^[a-z]:[\\/]/i.test(text) ? undefined : { name, path };
}
