/**
 * Templates whose names are those of members that every object of JavaScript inherits: the findings are those of the same template
 * with another name. Each place that has a name has it: resources, their types and attributes, parameters, conditions, mappings, actions,
 * partitions, condition keys, principals.
 */
import { Cli } from './run';
import { PROTOTYPE_NAMES } from '../prototype-names';

/** As long as the name, with the same kinds of characters, and not inherited. */
const ordinary = (name: string) => name.replace(/[a-z](?=[^a-z]*$)/, (last) => (last === 'q' ? 'x' : 'q'));

/** An object with one member, which may be `__proto__`. */
const only = (name: string, value: unknown) => Object.fromEntries([[name, value]]);

function templateWith(name: string, isDefined: boolean): object {
  const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
  const association = (properties: object) => (
    { Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ClusterName: 'c', Namespace: 'n', ...properties } });
  return {
    Resources: Object.fromEntries(Object.entries({
      References: association({
        ClusterName: { Ref: name },
        Namespace: { 'Fn::FindInMap': [name, name, name] },
        ServiceAccount: { 'Fn::Sub': `\${${name}}` },
        RoleArn: { 'Fn::GetAtt': [name, 'Arn'] },
        Policy: { 'Fn::Sub': [`\${${name}}`, {}] },
      }),
      Arns: association({
        ServiceAccount: name,
        RoleArn: `arn:${name}:iam::111122223333:role/${name}`,
        TargetRoleArn: { 'Fn::GetAtt': ['Role', name] },
        Policy: JSON.stringify(policy(
          { Effect: 'Allow', Action: `${name}:${name}`, Resource: `arn:${name}:s3:::b` },
          { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: { StringEquals: only(name, 'a') } },
        )),
      }),
      Roles: association({
        ServiceAccount: 's',
        RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Policy: { 'Fn::Sub': JSON.stringify(policy({ Effect: 'Allow', Action: 's3:*', Resource: `\${${name}}` })) },
      }),
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: policy({
            Effect: 'Allow',
            Principal: { ...only(name, 'x'), Service: 'pods.eks.amazonaws.com' },
            Action: ['sts:AssumeRole', 'sts:TagSession'],
            Condition: { StringEquals: only(name, 'a') },
          }),
          Policies: [{
            PolicyName: name,
            PolicyDocument: policy(
              { Effect: 'Allow', Action: '*', Resource: '*', Condition: only(name, only(name, 'a')) },
            ),
          }],
          ManagedPolicyArns: [`arn:${name}:iam::aws:policy/${name}`, { Ref: name }],
        },
      },
      QueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: name }],
          PolicyDocument: policy({
            Effect: 'Allow', Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }, Action: 'sqs:*', Resource: '*',
          }),
        },
      },
      ...isDefined ? only(name, { Type: name, Condition: name, Properties: only(name, { Ref: name }) }) : {},
    })),
  };
}

test.each(PROTOTYPE_NAMES.flatMap((name) => [[name, true], [name, false]] as const))(
  'the findings of a template with the name %s, defined: %s', (name, isDefined) => {
    const found = [name, ordinary(name)].map((own) => {
      const cli = new Cli({ 'template.json': templateWith(own, isDefined) });
      try {
        const { status, stdout, stderr } = cli.run('check template.json --format json');
        expect(stderr).toBe('');
        return { status, stdout: stdout.replaceAll(own, 'NAME').replace(/"(cause|fingerprint)": "\w+"/g, '') };
      } finally {
        cli.remove();
      }
    });
    expect(found[0]).toEqual(found[1]);
    expect(found[0].status).toBe(1);
  });
