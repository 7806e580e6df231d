/**
 * Finds the association that `explain --association` names, by construct path, logical id or service account. First step of an
 * explanation from templates.
 * Invariant: an ambiguous name is an error that lists the associations; it is never resolved by order.
 */
import { associationAt, AssociationRef, associationsIn } from '../../lib/template/associations';
import { Evaluator } from '../../lib/template/evaluator';
import { TemplateSet } from '../../lib/template/template-set';
import { unexaminedPartsOf } from '../../lib/template/unexamined-parts';
import { Deployment } from '../deployment/deployment';
import { UsageError } from '../exit-codes';
import { showValue } from '../show-value';

/** An association, with the names by which people refer to it. */
export interface Candidate {
  /** The construct path, or the logical id if there is none. */
  readonly path: string;
  readonly logicalId: string;
  /** For an entry of an add-on: its place below the properties of the add-on. */
  readonly entry?: string;
  readonly stackId: string;
  readonly file: string;
  /** The names, with `${Cluster}` for a deploy-time value. */
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly cluster: string;
  /** The number, in the deployment, of its stack, or of the outermost stack around it. */
  readonly stack: number;
}

/** Maximum number of associations listed in an error. */
const LISTED = 20;

/** What in the templates may hide more associations. */
export function unexaminedIn(templates: TemplateSet): string[] {
  return templates.stacks.filter(({ unread }) => unread === undefined).flatMap((stack) => unexaminedPartsOf(templates, stack)
    .filter((part) => part.mayHideAssociations).map(({ name }) => `${name} in ${stack.id}`));
}

export function candidatesIn(deployment: Deployment<unknown>): Candidate[] {
  return deployment.stacks.flatMap(({ names, source }, i) => {
    if (!names.hasAssociations) { return []; }
    const read = deployment.read([i]);
    const templates = new TemplateSet(read.stacks);
    const open = new Evaluator(templates).leavingOpen;
    const files = new Map(read.of.get(i)!.map((one) => [one.stack.id, one.source.file]));
    return associationsIn(templates).map((ref) => candidateAt(ref, open, files.get(ref.stack.id) ?? source.file, i));
  });
}

function candidateAt(ref: AssociationRef, evaluator: Evaluator, file: string, stack: number): Candidate {
  const { path, namespace, serviceAccount, clusterName } = associationAt(ref, evaluator);
  const names = { namespace: showValue(namespace), serviceAccount: showValue(serviceAccount), cluster: showValue(clusterName) };
  return { path, logicalId: ref.logicalId, ...ref.entry && { entry: ref.entry.at }, stackId: ref.stack.id, file, ...names, stack };
}

/**
 * Returns the association with the construct path, logical id or `namespace/service-account` (`path/service-account` for an add-on),
 * or whose construct path ends with it. A complete name takes precedence over the end of another.
 * @param unexamined what may hide more associations
 * @param unread why files could not be read, which may have more associations
 * @throws UsageError that lists the candidates, unless exactly one association matches
 */
export function findAssociation(
  id: string, candidates: readonly Candidate[], unexamined: readonly string[] = [], unread: readonly string[] = [],
): Candidate {
  const whole = candidates.filter((one) => (
    [one.path, one.logicalId, `${one.namespace}/${one.serviceAccount}`, ...one.entry ? [`${one.path}/${one.serviceAccount}`] : []].includes(id)));
  const found = whole.length > 0 ? whole : candidates.filter(({ path }) => path.endsWith(`/${id}`));
  if (found.length === 1) { return found[0]; }
  const more = [
    ...unexamined.length === 0 ? [] : [`There may be more associations in what was not examined: ${unexamined.slice(0, LISTED).join(', ')}`],
    ...unread.length === 0 ? [] : ['There may be more associations in what could not be read:', ...unread.slice(0, LISTED).map((message) => `  ${message}`), ...andMore(unread)],
  ];
  if (candidates.length === 0) { throw new UsageError(`--association ${id}: the templates have no associations`, ...more); }
  throw found.length === 0
    ? new UsageError(`--association ${id}: no association matches. These exist:`, ...listCandidates(candidates), ...more)
    : new UsageError(`--association ${id}: several associations match. Write the path of one, or name its template alone:`, ...listCandidates(found));
}

function listCandidates(candidates: readonly Candidate[]): string[] {
  const lines = candidates.slice(0, LISTED).map(({ path, namespace, serviceAccount, cluster, file }) => (
    `  ${path}  (${namespace}/${serviceAccount} of cluster ${cluster}, in ${file})`));
  return [...lines, ...andMore(candidates)];
}

function andMore({ length }: readonly unknown[]): string[] {
  return length > LISTED ? [`  and ${length - LISTED} more`] : [];
}
