/**
 * Acknowledgements that suppress nothing: the id is misspelt, or the rule finds nothing there (any more).
 *
 * Invariant: it rounds toward silence. An acknowledgement is reported only if its id can be nobody else's, or if the rule was checked there
 * and found nothing. Those of an app, a stage or a stack also speak for associations that may come, so that they may be unused.
 */
import type { Acknowledgement } from './acknowledgements';
import { ACKNOWLEDGEMENT_HAS_NO_EFFECT } from './app-rules';
import { isAcknowledgedAt } from '../analysis/acknowledged-at';
import { nearest } from '../reference/edit-distance';

export interface UnusedAcknowledgement {
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

/** What was found, whether it is acknowledged or not. */
export interface Found {
  readonly rule: string;
  readonly path: string;
}

export interface CheckedRules {
  /** The name of the plugin, which is the first part of its ids. */
  readonly plugin: string;
  /** The names of all plugins of the app. */
  readonly plugins: readonly string[];
  /** The rules of the plugin. */
  readonly rules: readonly string[];
  /** The rules whose findings are complete: they are on, and all that they ask about is known. */
  readonly complete: (rule: string) => boolean;
}

/** One for each id and reason: the same code may acknowledge at many constructs. */
export function unusedAcknowledgements(
  all: readonly Acknowledgement[], found: readonly Found[], checked: CheckedRules,
): UnusedAcknowledgement[] {
  const groups = new Map<string, Acknowledgement[]>();
  for (const one of all) {
    const key = JSON.stringify([one.namespace, nameOf(one.rule), one.reason]);
    groups.set(key, [...groups.get(key) ?? [], one]);
  }
  return [...groups.values()].flatMap((group) => {
    const problem = misspelt(group, found, checked) ?? stale(group, found, checked);
    return problem ? [{ ...problem, path: group[0].path }] : [];
  });
}

type Problem = Pick<UnusedAcknowledgement, 'message' | 'fix'>;

function misspelt(group: readonly Acknowledgement[], found: readonly Found[], { plugin, plugins, rules }: CheckedRules): Problem | undefined {
  const [{ namespace, rule }] = group;
  const name = nameOf(rule);
  if (namespace === plugin) {
    if (rules.includes(name)) { return undefined; }
    const similar = nearest(name, rules);
    return {
      message: `${placesOf(group)} acknowledges '${plugin}::${name}', but ${plugin} has no rule of that name. It suppresses nothing.`,
      fix: similar ? `Write '${plugin}::${similar}'.` : `Give the id of a rule, such as '${plugin}::${rules[0]}': ${rules.join(', ')}.`,
    };
  }
  // A rule of another plugin may have the same name.
  if (!rules.includes(name) || plugins.includes(namespace)) { return undefined; }
  const meant = isSimilar(namespace, plugin) || group.some((one) => covers(one, found));
  return meant ? {
    message: `${placesOf(group)} acknowledges '${namespace === ANNOTATION ? name : `${namespace}::${name}`}', which is not the id of a rule of ${plugin}. It suppresses nothing.`,
    fix: `Write '${plugin}::${name}'.`,
  } : undefined;
}

/** The CDK's plugin for annotations: an id without a plugin is one of its ids. */
const ANNOTATION = 'Annotation';

function isSimilar(namespace: string, plugin: string): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  return nearest(letters(namespace), [letters(plugin)]) !== undefined || letters(namespace).includes(letters(plugin));
}

function stale(group: readonly Acknowledgement[], found: readonly Found[], { plugin, rules, complete }: CheckedRules): Problem | undefined {
  const [{ namespace, rule }] = group;
  const name = nameOf(rule);
  if (namespace !== plugin || !rules.includes(name) || name === ACKNOWLEDGEMENT_HAS_NO_EFFECT || !complete(name)) { return undefined; }
  if (group.some((one) => one.forMany || covers(one, found))) { return undefined; }
  // Whether the session policy exceeds the role is open where the check could not tell.
  if (NARROWING.has(name) && group.some((one) => covers({ ...one, rule: 'NarrowingUndetermined' }, found))) { return undefined; }
  const elsewhere = [...new Set(found.filter((one) => one.rule === name).map((one) => one.path))];
  return {
    message: `${placesOf(group)} acknowledges '${plugin}::${name}', but the rule finds nothing there. The acknowledgement suppresses nothing now, `
      + 'and would hide what the rule finds there later.',
    fix: elsewhere.length === 0 ? 'Remove the acknowledgement.'
      : `Remove the acknowledgement, or move it to an association that the rule reports: ${elsewhere.slice(0, 3).join(', ')}${elsewhere.length > 3 ? ', …' : ''}.`,
  };
}

const NARROWING: ReadonlySet<string> = new Set([
  'GuardrailLimitsSessionPolicy', 'NoEffectivePermissions', 'SessionPolicyDoesNotNarrow', 'SessionPolicyExceedsRole',
  'SessionPolicyOmitsCondition', 'StatementHasNoEffect',
]);

/** Whether an acknowledgement, if its name is right, suppresses something. */
function covers({ rule, path }: Pick<Acknowledgement, 'rule' | 'path'>, found: readonly Found[]): boolean {
  const own = rule.endsWith(']') && rule.includes('[') ? rule.slice(rule.indexOf('[') + 1, -1) : undefined;
  return found.some((one) => one.rule === nameOf(rule) && isAcknowledgedAt(one.path, path)
    && (own === undefined || own === one.path || own === one.path.replace(/ /g, '-')));
}

/** The name of the rule, without the construct that it is for. */
function nameOf(rule: string): string {
  return rule.endsWith(']') && rule.includes('[') ? rule.slice(0, rule.indexOf('[')) : rule;
}

function placesOf(group: readonly Acknowledgement[]): string {
  const paths = [...new Set(group.map(({ path }) => path))];
  const first = paths[0] === '' ? 'The app' : paths[0];
  return paths.length === 1 ? first : `${first} (and ${paths.length - 1} other${paths.length > 2 ? 's' : ''} with the same reason)`;
}
