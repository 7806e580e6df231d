import { conflictIn, Registration, registrationFor } from '../../lib/validation/registrations';

const at = (plugin: string, stage: string, scope?: string, options = plugin): Registration<string> => (
  { plugin, stage, scope, options });

test.each<[string, Registration<string>[], string, string, string | undefined]>([
  ['nobody', [], 'Stack/Pods', '', undefined],
  ['the app', [at('a', '')], 'Stack/Pods', '', 'a'],
  ['the app, in a stage', [at('a', '')], 'Prod/Stack/Pods', 'Prod', 'a'],
  ['the stage', [at('a', ''), at('p', 'Prod')], 'Prod/Stack/Pods', 'Prod', 'p'],
  ['the stage, whatever the order', [at('p', 'Prod'), at('a', '')], 'Prod/Stack/Pods', 'Prod', 'p'],
  ['a stage around the stage', [at('p', 'Prod')], 'Prod/Us/Stack/Pods', 'Prod/Us', 'p'],
  ['another stage', [at('p', 'Prod')], 'Product/Stack/Pods', 'Product', undefined],
  ['the scope', [at('a', ''), at('s', '', 'Stack')], 'Stack/Pods', '', 's'],
  ['the scope itself', [at('a', ''), at('s', '', 'Stack/Pods')], 'Stack/Pods', '', 's'],
  ['another scope', [at('a', ''), at('s', '', 'Stack')], 'Stack2/Pods', '', 'a'],
  ['a scope in a stage, of a plugin of the app',
    [at('p', 'Prod'), at('s', '', 'Prod/Stack')], 'Prod/Stack/Pods', 'Prod', 's'],
  ['the first of those with the same options',
    [at('a', '', undefined, 'x'), at('b', '', undefined, 'x')], 'S/P', '', 'a'],
])('%s', (_name, all, path, stage, expected) => {
  expect(registrationFor(path, stage, all)?.plugin).toBe(expected);
});

test.each<[string, Registration<string>[], string | undefined]>([
  ['none', [], undefined],
  ['one', [at('a', '')], undefined],
  ['the same options', [at('a', '', undefined, 'x'), at('b', '', undefined, 'x')], undefined],
  ['the app and a stage', [at('a', ''), at('p', 'Prod')], undefined],
  ['the app and a stack', [at('a', ''), at('s', '', 'Stack')], undefined],
  ['two stacks', [at('s', '', 'A'), at('t', '', 'B')], undefined],
  ['two of the app', [at('a', ''), at('b', '')],
    'several PodIdentityValidation with different options are registered for the app.'],
  ['one of the app, and one whose scope is the app', [at('a', ''), at('b', '', '')], 'for the app'],
  ['two of a stage', [at('a', 'Prod'), at('b', 'Prod')], 'for Prod'],
  ['two of a scope', [at('a', '', 'Stack'), at('b', '', 'Stack')], 'for Stack'],
  ['a scope outside of the stage', [at('a', 'Prod', 'Dev/Stack')],
    'the scope Dev/Stack is registered with Prod, which does not contain that scope'],
])('conflicts: %s', (_name, all, expected) => {
  const conflict = conflictIn(all);
  if (expected === undefined) { expect(conflict).toBeUndefined(); } else { expect(conflict).toContain(expected); }
});
