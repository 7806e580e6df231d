/**
 * Which of several plugins reports on an association. The CDK calls a plugin with the templates of the app or the stage that it is registered
 * with; `Validations.of(stack).addPlugins(…)` registers with the app or stage around the stack. So the plugin itself has to say if its options are
 * for less.
 *
 * Invariant: at most one plugin reports on an association. Registrations that do not tell which are refused.
 */

/** A plugin that the author of the app registered. */
export interface Registration<P> {
  readonly plugin: P;
  /** The path of the app or stage that it is registered with; `''` for the app. */
  readonly stage: string;
  /** The path of the construct that its options are for. @default - all of `stage` */
  readonly scope?: string;
  /** Its options, as text. Plugins with the same options are one. */
  readonly options: string;
}

/** The registration for a construct of a stage: the innermost one. `undefined` if nobody registered a plugin for it. */
export function registrationFor<P>(path: string, stage: string, all: readonly Registration<P>[]): Registration<P> | undefined {
  const around = all.filter((one) => isWithin(stage, one.stage) && isWithin(path, scopeOf(one)));
  return around.reduce<Registration<P> | undefined>(
    (best, one) => (best === undefined || scopeOf(one).length > scopeOf(best).length ? one : best), undefined);
}

/** Why the registrations cannot be what their author meant. */
export function conflictIn(all: readonly Registration<unknown>[]): string | undefined {
  const outside = all.find((one) => !isWithin(scopeOf(one), one.stage));
  if (outside) {
    return `the PodIdentityValidation with the scope ${nameOf(outside.scope!)} is registered with ${nameOf(outside.stage)}, which does not contain that scope. `
      + `Register it with Validations.of(…) of ${nameOf(outside.scope!)}`;
  }
  const twice = all.find((one) => all.some((other) => scopeOf(one) === scopeOf(other) && one.options !== other.options));
  if (twice) {
    return `several PodIdentityValidation with different options are registered for ${nameOf(scopeOf(twice))}. Validations.of(stack).addPlugins registers `
      + 'a plugin with the app or stage around the stack. Give each plugin the scope that its options are for, such as { scope: stack }, or register one';
  }
  return undefined;
}

function scopeOf({ scope, stage }: Registration<unknown>): string {
  return scope ?? stage;
}

function isWithin(path: string, outer: string): boolean {
  return outer === '' || path === outer || path.startsWith(`${outer}/`);
}

function nameOf(path: string): string {
  return path === '' ? 'the app' : path;
}
