/* eslint-disable @typescript-eslint/no-require-imports -- `import` would load them with the command */

/** Modules that few runs need, loaded lazily. */
export const onDemand = {
  glob: () => require('tinyglobby') as typeof import('tinyglobby'),
  jsYaml: () => require('js-yaml') as typeof import('js-yaml'),
  jsonc: () => require('jsonc-parser') as typeof import('jsonc-parser'),
  yaml: () => require('yaml') as typeof import('yaml'),
};
