import { LiveAssociation } from './read-associations';
import { ASSOCIATION_TYPE } from '../../lib/template/associations';
import { StackTemplate, TemplateResource } from '../../lib/template/template-set';

/** Where a cluster is. */
export interface ClusterPlace {
  readonly name: string;
  readonly account?: string;
  readonly region: string;
}

/** How people refer to an association. */
export function pathOf({ namespace, serviceAccount }: Pick<LiveAssociation, 'namespace' | 'serviceAccount'>): string {
  return `${namespace}/${serviceAccount}`;
}

/** The associations of a cluster as the template that would deploy them, with their ids for logical ids: what the checks read. */
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

/** What is deployed has no dynamic references any more, whatever it looks like. */
function literal(text: string): unknown {
  return text.includes('{{') ? { 'Fn::Join': ['', text.split(/(?<=\{)(?=\{)/)] } : text;
}
