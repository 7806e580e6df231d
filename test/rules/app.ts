import { Finding, RuleId } from '../../lib/analysis/finding';
import { DEFAULT_SETTINGS } from '../../lib/analysis/settings';
import { ALL_RULES, runRules } from '../../lib/rules/run-rules';
import { StackTemplate, Template, TemplateSet } from '../../lib/template/template-set';
import { document as policy } from '../make';

export { allow, deny, document as policy } from '../make';

type Resources = NonNullable<Template['Resources']>;

const EKS = { Service: 'pods.eks.amazonaws.com' };
const ASSUME = ['sts:AssumeRole', 'sts:TagSession'];

export const trust = (Principal: unknown, Condition?: unknown) => ({
  Effect: 'Allow', Principal, Action: ASSUME, ...(Condition ? { Condition } : {}),
});

/** A role that EKS may assume, with these inline permissions. */
export function role(statements: readonly unknown[], properties: { readonly [name: string]: unknown } = {}) {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: policy(trust(EKS)),
      ...(statements.length > 0 ? { Policies: [{ PolicyName: 'Access', PolicyDocument: policy(...statements) }] } : {}),
      ...properties,
    },
  };
}

export const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** An association on the role `Role`, with this session policy. */
export function association(
  session: readonly unknown[] | undefined, properties: { readonly [name: string]: unknown } = {},
) {
  return {
    Type: 'AWS::EKS::PodIdentityAssociation',
    Properties: {
      ClusterName: 'prod',
      Namespace: 'ns',
      ServiceAccount: 'sa',
      RoleArn: arnOf('Role'),
      ...(session ? { Policy: JSON.stringify(policy(...session)), DisableSessionTags: true } : {}),
      ...properties,
    },
  };
}

export const US = { account: '111122223333', region: 'us-east-1' };

/** The stack `Stack` of these resources. */
export function stackOf(resources: Resources, more: Partial<StackTemplate> = {}): StackTemplate {
  return {
    id: 'Stack',
    file: 'Stack.json',
    assembly: '',
    template: { Resources: resources },
    pathOf: (logicalId) => `Stack/${logicalId}`,
    ...more,
  };
}

export function findingsIn(...stacks: StackTemplate[]): Finding[] {
  return runRules(new TemplateSet(stacks));
}

/** What one rule finds. The other rules are off: they would take most of the time. */
export function findingsOf(rule: RuleId, ...stacks: StackTemplate[]): Finding[] {
  const severities = new Map(ALL_RULES.filter(({ id }) => id !== rule).map(({ id }): [RuleId, 'off'] => [id, 'off']));
  return runRules(new TemplateSet(stacks), { settings: { ...DEFAULT_SETTINGS, severities } })
    .filter((finding) => finding.rule === rule);
}
