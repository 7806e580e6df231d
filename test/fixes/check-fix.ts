/**
 * Follows every advice of a finding, each on the app as it was, and checks what is left: EKS takes it, the finding is gone, nothing
 * else is wrong, and the pods lose nothing that they had.
 */
import { AppUnderFix } from './app-under-fix';
import { parseFix, ParsedAdvice } from './parse-fix';
import { CheckContext } from '../../lib/analysis/check-context';
import { Finding } from '../../lib/analysis/finding';
import { layersOfPods } from '../../lib/analysis/pod-permissions';
import {
  decideNarrowing, intersectPermissions, isUnsatisfiable, Json, Layer, NarrowingOptions, parsePolicy,
} from '../../lib/engine';
import { AssociationRef, isDeployed } from '../../lib/template/associations';
import { inEveryCase } from '../../lib/template/cases';

export interface FollowedAdvice {
  readonly advice: string;
  /** What is wrong with it. */
  readonly wrong: readonly string[];
  /** It could not be followed here, such as in a role that the app does not define. */
  readonly skipped?: true;
  /** The pods are not proven to keep all that they had, nor shown to lose something. */
  readonly unproven?: true;
}

export function followFix(app: AppUnderFix, finding: Finding): FollowedAdvice[] {
  const before = app.findings();
  return parseFix(finding).map((parsed) => followOne(app, before, finding, parsed));
}

export function followOne(
  app: AppUnderFix, before: readonly Finding[], finding: Finding, { advice, match, json }: ParsedAdvice,
): FollowedAdvice {
  const said = match[0].trim();
  const fixed = advice.follow(app, finding, match, json);
  if (!fixed) { return { advice: said, wrong: [], skipped: true }; }
  const after = fixed.findings();
  const left = advice.leaves ?? {};
  const added = after.filter((one) => isNew(one, before));
  const rejected = added.filter(({ rule }) => REJECTED.has(rule));
  const errors = left.errors === undefined ? added.filter(({ severity }) => severity === 'error') : [];
  const isStillThere = left.finding === undefined && countOf(finding, after) >= countOf(finding, before);
  const losesNothing = left.losses === undefined && !isToDeny(finding);
  const { lost, unproven } = losesNothing ? lossesOf(app, fixed, finding) : { lost: [], unproven: false };
  return {
    advice: said,
    wrong: [
      ...isStillThere ? [`the finding is left: ${after.find((one) => isOf(finding, one))!.message}`] : [],
      ...rejected.map(({ rule, message }) => `EKS rejects it: ${rule}: ${message}`),
      ...errors.map(({ rule, message }) => `new: ${rule}: ${message}`),
      ...lost,
    ],
    ...unproven && { unproven },
  };
}

/** That the pods lose what a Deny statement missed, is the purpose. */
const isToDeny = ({ rule, message }: Finding) => (
  rule !== 'SessionTagDependency' && /\b(does not deny|denies nothing)\b/.test(message));

/** What EKS would reject. */
const REJECTED: ReadonlySet<Finding['rule']> = new Set<Finding['rule']>(
  ['InvalidKubernetesName', 'InvalidSessionPolicy', 'SessionPolicyTooLarge', 'SessionTagsMustBeDisabled']);

const isOf = (a: Finding, b: Finding) => a.rule === b.rule && a.association.path === b.association.path;
const countOf = (finding: Finding, all: readonly Finding[]) => (
  all.filter((one) => isOf(finding, one)).length);
const isNew = (finding: Finding, before: readonly Finding[]) => !before.some((one) => isOf(finding, one));

/** A finding that is there in some cases of the conditions is fixed for those. */
function lossesOf(
  app: AppUnderFix, fixed: AppUnderFix, { message }: Finding,
): { readonly lost: readonly string[]; readonly unproven: boolean } {
  const after = fixed.associations();
  const results = [...app.associations()].flatMap(([key, ref]) => {
    const other = after.get(key);
    return !other ? [] : inEveryCase((assumptions) => (
      keptIn(app.contextIn(assumptions), ref, fixed.contextIn(assumptions), other)));
  }).filter(({ assumptions }) => !message.includes('This applies if')
    || assumptions.descriptions().every((text) => message.includes(text))).map(({ value }) => value);
  return {
    lost: [...new Set(results.flatMap((result) => (typeof result === 'object' ? [`the pods lose ${result.lost}`] : [])))],
    unproven: results.includes('unproven'),
  };
}

/** What becomes, in one case of the conditions, of what the pods had. */
function keptIn(
  context: CheckContext, ref: AssociationRef, newContext: CheckContext, newRef: AssociationRef,
): Kept {
  if (isDeployed(ref, context.evaluator) === false) { return 'kept'; }
  const association = context.association(ref);
  if (context.sessionPolicyStatus(association).kind === 'invalid') { return 'kept'; } // EKS rejects it: there are no pods
  const had = layersOfPods(association, context).filter(isKnown);
  const have = layersOfPods(newContext.association(newRef), newContext).filter(isKnown);
  return isKept(had, have, context.optionsFor(association));
}

type Kept = 'kept' | 'unproven' | { readonly lost: string };

const isKnown = (layer: Layer) => layer.gaps.length === 0;

/** Each layer allows what it did, or all that all layers allowed. */
function isKept(had: readonly Layer[], have: readonly Layer[], options: NarrowingOptions): Kept {
  const rest = have.filter((layer) => !had.some((old) => isSameLayer(old, layer)));
  if (rest.length === 0 || had.length === 0) { return 'kept'; }
  const { document, omitted } = intersectPermissions(had.map(({ policies }) => policies));
  const { policy } = parsePolicy(document as unknown as Json, 'what the pods had');
  const verdict = decideNarrowing({ session: policy, layers: rest }, options);
  if (verdict.kind === 'exceeds') {
    const [{ witness: { action, resource } }] = verdict.excesses;
    return { lost: `${action} on ${resource}` };
  }
  const isProven = (verdict.kind === 'narrows' && omitted.length === 0)
    || rest.every((layer) => isKeptByStatements(layer, had, options));
  return isProven ? 'kept' : 'unproven';
}

/**
 * Each statement of the layer as it was is inside the new one, or allowed nothing. Values that no policy can express do not
 * matter then.
 */
function isKeptByStatements(layer: Layer, had: readonly Layer[], options: NarrowingOptions): boolean {
  const old = had.find(({ name }) => name === layer.name);
  const others = had.filter((one) => one !== old);
  const statements = old?.policies.flatMap((policy) => policy.statements) ?? [];
  const denies = statements.filter(({ effect }) => effect === 'Deny');
  return old !== undefined && statements.filter(({ effect }) => effect === 'Allow').every((statement) => {
    const session = { name: 'what the pods had', statements: [statement, ...denies] };
    return isUnsatisfiable({ session, layers: others }, options)
      || decideNarrowing({ session, layers: [layer] }, options).kind === 'narrows';
  });
}

function isSameLayer(a: Layer, b: Layer): boolean {
  const text = ({ policies }: Layer) => JSON.stringify(
    policies.map(({ statements }) => statements.map(({ index, policy, ...one }) => one)));
  return a.name === b.name && text(a) === text(b);
}
