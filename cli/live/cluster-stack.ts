/**
 * Converts the associations of a live cluster to the template that would deploy them, so that the checks for templates apply
 * unchanged. Between read-associations.ts and lib/rules.
 * Invariant: every value is literal. Text that looks like a dynamic reference stays text.
 */
import type { LiveAssociation } from './asked-for';
import { ASSOCIATION_TYPE } from '../../lib/template/relevant-types';
import { StackTemplate, TemplateResource } from '../../lib/template/template-set';

/** A cluster, with its account and region. */
export interface ClusterPlace {
  readonly name: string;
  readonly account?: string;
  readonly region: string;
}

/** Returns the name by which people refer to an association. */
export function pathOf({ namespace, serviceAccount }: Pick<LiveAssociation, 'namespace' | 'serviceAccount'>): string {
  return `${namespace}/${serviceAccount}`;
}

/** Returns the associations as a stack. The logical ids are the ids of the associations. */
export function stackOf(cluster: ClusterPlace, associations: readonly LiveAssociation[]): StackTemplate {
  const paths = new Map(associations.map((association) => [association.id, pathOf(association)]));
  return {
    id: `cluster ${cluster.name}`,
    file: '',
    assembly: '',
    account: cluster.account,
    region: cluster.region,
    template: { Resources: Object.fromEntries(associations.map((association) => [association.id, resourceOf(association)])) },
    pathOf: (id) => paths.get(id) ?? id,
  };
}

function resourceOf({ cluster, namespace, serviceAccount, roleArn, targetRoleArn, policy, disableSessionTags }: LiveAssociation): TemplateResource {
  return {
    Type: ASSOCIATION_TYPE,
    Properties: {
      ClusterName: literal(cluster),
      Namespace: literal(namespace),
      ServiceAccount: literal(serviceAccount),
      RoleArn: literal(roleArn),
      ...targetRoleArn !== undefined && { TargetRoleArn: literal(targetRoleArn) },
      ...policy !== undefined && { Policy: literal(policy) },
      ...disableSessionTags !== undefined && { DisableSessionTags: disableSessionTags },
    },
  };
}

/** Prevents a deployed value from being read as a dynamic reference, such as `{{resolve:…}}`. */
function literal(text: string): unknown {
  return text.includes('{{') ? { 'Fn::Join': ['', text.split(/(?<=\{)(?=\{)/)] } : text;
}
