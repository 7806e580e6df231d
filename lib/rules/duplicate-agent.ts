/**
 * Reports a second EKS Pod Identity Agent add-on of a cluster, at its template. EKS rejects it, and the deployment fails.
 *
 * Invariant: only add-ons that certainly are the agent, of clusters with names that are certainly equal, count, and only if both may be
 * deployed together.
 * @see https://github.com/aws/aws-cdk/issues/32580
 */
import { inProse, Unresolved } from '../engine';
import { TemplateRule } from './rule';
import { TemplateProblem } from '../analysis/finding';
import { Reader } from '../analysis/reader';
import { AgentAddon, agentsOfOneCluster } from '../template/agent-addons';
import { Assumptions } from '../template/assumptions';
import { Evaluator } from '../template/evaluator';
import { AGENT_ADDON } from '../template/relevant-types';
import { pathOf, TemplateSet } from '../template/template-set';
import { memoize } from '../util/memo';

export const DUPLICATE_AGENT: TemplateRule = {
  id: 'DuplicateAgent',
  severity: 'error',
  check: (stack, templates, reader) => duplicatesIn(templates).filter(({ second }) => second.ref.stack.id === stack.id)
    .map((one) => problemOf(one, reader)),
};

interface Duplicate {
  readonly first: AgentAddon;
  readonly second: AgentAddon;
}

/** Every agent with the first one of its cluster that it may be deployed with. */
const duplicatesIn = memoize((templates: TemplateSet): readonly Duplicate[] => (
  agentsOfOneCluster(new Evaluator(templates, Assumptions.NONE.leavingOpen())).flatMap((agents) => agents.flatMap((second, i) => {
    const first = agents.slice(0, i).find((one) => mayExistTogether(one, second));
    return first ? [{ first, second }] : [];
  }))));

/** Two different conditions may exclude each other. */
function mayExistTogether({ ref: a }: AgentAddon, { ref: b }: AgentAddon): boolean {
  const [own, other] = [a.resource.Condition, b.resource.Condition];
  return own === undefined || other === undefined || (a.stack === b.stack && own === other);
}

function problemOf({ first, second }: Duplicate, reader: Reader): TemplateProblem {
  const isOfCdk = (agent: AgentAddon) => OF_CDK.test(pathOf(agent.ref));
  const implicit = [first, second].find(isOfCdk);
  const explicit = [first, second].find((one) => one !== implicit)!;
  return {
    code: 'SameCluster',
    at: ['Resources', second.ref.logicalId],
    message: `${pathOf(second.ref)} and ${pathOf(first.ref)} both install the add-on ${AGENT_ADDON} on cluster '${second.clusterName instanceof Unresolved ? second.clusterName : inProse(second.clusterName)}'. The deployment of the second `
      + 'fails: ResourceInUseException, "Addon already exists" (409).',
    fix: implicit && reader === 'CDK app'
      ? `Remove ${pathOf(explicit.ref)}. The CDK creates ${pathOf(implicit.ref)} itself, for an eks.ServiceAccount with IdentityType.POD_IDENTITY or for code that reads `
        + 'cluster.eksPodIdentityAgent. To set its version, configuration or tags, use PodIdentityAgent.ensureOn(cluster, { addonVersion: \'…\' }).'
      : `Remove one of the two.${reader === 'CDK app' ? ' PodIdentityAgent.ensureOn(cluster) installs the agent once, however often you call it.' : ''}`,
  };
}

/** The construct that the CDK's clusters make. */
const OF_CDK = /(^|\/)EksPodIdentityAgentAddon(\/|$)/;
