/* eslint-disable @typescript-eslint/no-require-imports -- `import` would load them with the package */

/**
 * The parts of the library that an app needs to build its constructs and to check them, and not to load the package: four fifths
 * of its files, and of the time that loading takes.
 */
export const onDemand = {
  rules: () => require('./rules/run-rules') as typeof import('./rules/run-rules'),
  checkStatements: () => require('./session-policy/check-statements') as typeof import('./session-policy/check-statements'),
  minimize: () => require('./session-policy/minimize') as typeof import('./session-policy/minimize'),
  pods: () => require('./validation/pods') as typeof import('./validation/pods'),
  readTemplates: () => require('./validation/read-templates') as typeof import('./validation/read-templates'),
  size: () => require('./session-policy/size') as typeof import('./session-policy/size'),
  snapshot: () => require('./role-permissions/snapshot') as typeof import('./role-permissions/snapshot'),
};
