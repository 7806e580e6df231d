/**
 * Explains a request of the pods of one association of the templates: reads the stacks of its family, collects its layers, and
 * asks explanation.ts in each case of the conditions of the templates.
 * Invariant: a value that is unresolved at synth stays open. If the answer depends on it, or differs between cases, the outcome
 * is `unclear`.
 */
import { explain, Explanation, notAnArn } from './explanation';
import { Candidate } from './find-association';
import { CheckContext } from '../../lib/analysis/check-context';
import { CheckContexts } from '../../lib/analysis/check-contexts';
import { asWritten, Bound, layersOfPods } from '../../lib/analysis/pod-permissions';
import { principalOf } from '../../lib/analysis/principal';
import { hasSessionTags, SESSION_TAGS, unknownTag, valueOfTag } from '../../lib/analysis/session-tags';
import { CheckSettings } from '../../lib/analysis/settings';
import { keyOfCondition, Layer, OpenValues, parsePolicy, Request, SymbolicString, Unresolved } from '../../lib/engine';
import { Association, associationsIn, isDeployed, narrowedRole, RoleRef } from '../../lib/template/associations';
import { inEveryCase } from '../../lib/template/cases';
import { Evaluator } from '../../lib/template/evaluator';
import { PermissionsDeclaration } from '../../lib/template/known-permissions';
import { pathOf, StackTemplate, TemplateSet } from '../../lib/template/template-set';
import { PARTITION } from '../../lib/template/value-kinds';
import { insideBraces } from '../../lib/util/braces';
import { groupBy } from '../../lib/util/group-by';
import { memberOf } from '../../lib/util/records';
import { Deployment } from '../deployment/deployment';
import { UsageError } from '../exit-codes';
import { showValue } from '../show-value';

/** The output of `--format json` for an association. Public. */
export interface AssociationExplanation {
  readonly association: Omit<Candidate, 'stack' | 'stackId'>;
  /** The common outcome of all cases; `unclear` if they differ. */
  readonly outcome: Explanation['outcome'];
  /** One case, unless the deployed resources depend on conditions of the templates. */
  readonly cases: readonly CaseExplanation[];
}

export interface CaseExplanation extends Explanation {
  /** The conditions of the case, such as `${Stage} is 'prod'`; empty: it holds in every case. */
  readonly where: readonly string[];
  /** The role whose permissions count: the target role, if there is one. */
  readonly role: string;
  /** With a target role: the role of the association, which EKS assumes first. */
  readonly assumedFirst?: string;
}

export function explainAssociation(
  candidate: Candidate, request: Request, deployment: Deployment<unknown>, declarations: readonly PermissionsDeclaration[], settings?: CheckSettings,
): AssociationExplanation {
  const templates = new TemplateSet(deployment.read(deployment.families.of(candidate.stack)).stacks);
  const ref = associationsIn(templates).find(({ stack, logicalId, entry }) => (
    stack.id === candidate.stackId && logicalId === candidate.logicalId && entry?.at === candidate.entry))!;
  const contexts = new CheckContexts(templates, declarations, settings);
  const all = inEveryCase((assumptions) => {
    const context = contexts.in(assumptions);
    return isDeployed(ref, context.evaluator) === false ? undefined : explainedIn(context, context.association(ref), request);
  });
  const cases = mergeEqualCases(all.flatMap(({ assumptions, value }) => (value ? [{ ...value, where: assumptions.descriptions() }] : [])));
  if (cases.length === 0) { throw new UsageError(`${candidate.path} is deployed in no case of its condition`); }
  const outcomes = new Set(cases.map(({ outcome }) => outcome));
  const { stack: _, stackId: __, ...association } = candidate;
  return { association, outcome: outcomes.size === 1 ? cases[0].outcome : 'unclear', cases };
}

type Explained = Omit<CaseExplanation, 'where'>;

function explainedIn(context: CheckContext, association: Association, request: Request): Explained {
  const { role, targetRole, ref } = association;
  // Pods can only access resources of their own partition.
  const [, partition] = /^arn:([a-z-]+):/.exec(request.resource) ?? [];
  const values = new OpenValues((variable) => (variable.kind === PARTITION ? partition : undefined));
  const resource = resourceIn(request.resource, ref.stack, context.evaluator, values);
  const given = [...request.context].map(([key, value]) => [keyIn(key, ref.stack, context.evaluator), value] as const);
  const asked = { ...request, resource, context: new Map([...sessionTagsOf(association, values), ...given]) };
  const principal = principalOf(narrowedRole(association));
  if (resource !== '*' && explain([ANY_ARN], asked, values).outcome === 'implicitDeny') { throw notAnArn(request.resource, howToRefer(request.resource)); }
  const layersAt = (bound: Bound) => layersOfPods(association, context, bound, 'counted').map((layer) => inDoubtOfTags(layer, association));
  const explainWith = (layers: readonly Layer[]) => explain(layers, asked, values, principal);
  const usual = explainWith(layersAt('usual'));
  const doubtful = (['granted', 'least'] as const).filter((bound) => explainWith(layersAt(bound)).outcome !== usual.outcome);
  const layers = doubtful.length === 0 ? layersAt('usual') : doubtful.reduce(inDoubtOfResources, layersAt('usual'));
  const deployed = doubtful.length === 0 ? usual : explainWith(layers);
  // AWS evaluates the deployed statements. Those that were written are named if they give the same answer.
  const written = explainWith(asWritten(layers, association, context));
  return {
    role: nameOf(targetRole ?? role),
    ...(targetRole && { assumedFirst: nameOf(role) }),
    ...(written.outcome === deployed.outcome ? written : deployed),
  };
}

/** Allows every request on an ARN. */
const ANY_ARN: Layer = {
  name: 'identity policies', policies: [parsePolicy({ Statement: { Effect: 'Allow', Action: '*', Resource: 'arn:*:*:*:*:*' } }, 'every ARN').policy], gaps: [],
};

/** `${Bucket}` is the name of the bucket. As a resource, no policy would match it. */
function howToRefer(written: string): string {
  return /^\$\{[^.:}]+\}/.test(written) ? ". A reference to an ARN has the form '${Bucket.Arn}'" : '';
}

/** The layers, if what resource policies may allow or deny matters to the request. */
function inDoubtOfResources(layers: readonly Layer[], bound: 'granted' | 'least'): Layer[] {
  const [name, message] = bound === 'granted' ? ['identity policies', 'a resource policy may allow it to the role, and whether it does is not certain'] as const
    : ['resource policies', 'a resource policy may deny it, or not allow it, and whether it does is not certain'] as const;
  const reason = { code: 'ResourcePolicy', message, resolution: 'name the ARN of the role in that policy' } as const;
  const known = layers.some((layer) => layer.name === name) ? layers : [...layers, { name, policies: [], gaps: [] }];
  return known.map((layer) => (layer.name === name ? { ...layer, gaps: [...layer.gaps, reason] } : layer));
}

/** The session tags that EKS sets, also with a target role. */
function sessionTagsOf(association: Association, values: OpenValues): Array<[string, string]> {
  const has = hasSessionTags(association);
  if (has === false) { return []; }
  return SESSION_TAGS.map((tag) => {
    const value = valueOfTag(tag, association);
    return [`aws:principaltag/${tag}`, values.textOf(has === undefined || value === undefined || value instanceof Unresolved ? unknownTag(tag) : value)];
  });
}

function inDoubtOfTags(layer: Layer, association: Association): Layer {
  if (hasSessionTags(association) !== undefined) { return layer; }
  const reason = { code: 'UnknownValue', message: 'whether the pods have session tags is a deploy-time value', resolution: 'write DisableSessionTags out' } as const;
  return { ...layer, gaps: [...layer.gaps, reason] };
}

/**
 * Evaluates the resource. Names in `${…}` refer to the template of the association, as in `Fn::Sub`.
 * @throws UsageError if a name is unknown
 */
function resourceIn(written: string, stack: StackTemplate, evaluator: Evaluator, values: OpenValues): string {
  return values.textOf(textIn(written, stack, evaluator));
}

/** Evaluates the name of a condition key, such as `aws:ResourceTag/${Name}`. @throws UsageError if a name is unknown */
function keyIn(written: string, stack: StackTemplate, evaluator: Evaluator): string {
  return written.includes('${') ? keyOfCondition(textIn(written, stack, evaluator)) : written;
}

function textIn(written: string, stack: StackTemplate, evaluator: Evaluator): string | SymbolicString {
  for (const name of insideBraces(written)) {
    const [id] = name.split('.');
    if (id.startsWith('AWS::') || evaluator.templates.resource(stack, id) || memberOf(stack.template.Parameters, id) !== undefined) { continue; }
    throw new UsageError(`'${written}': the template ${stack.file} has no resource or parameter ${id}`);
  }
  const text = evaluator.textOf({ 'Fn::Sub': written }, stack);
  if (text instanceof Unresolved) { throw new UsageError(`'${written}' is not text: ${text.reason}`); }
  return text;
}

function nameOf({ arn, defined }: RoleRef): string {
  return defined ? pathOf(defined) : showValue(arn);
}

/** Merges cases with the same explanation; the merged case keeps the conditions that they have in common. */
function mergeEqualCases(cases: readonly CaseExplanation[]): CaseExplanation[] {
  const found = groupBy(cases, (one) => JSON.stringify({ ...one, where: [] }));
  return [...found.values()].map((same) => {
    const [first, ...others] = same;
    const common = found.size === 1 ? [] : first.where.filter((text) => others.every(({ where }) => where.includes(text)));
    return { ...first, where: common };
  });
}
