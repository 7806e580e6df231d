/** Parts of templates. */

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] },
  ],
};

export function policy(action: string): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: 'arn:aws:s3:::data/*' }] };
}

/** A role that may do one action on the objects of a bucket. */
export function role(action: string, properties: object = {}): object {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: TRUST,
      Policies: [{ PolicyName: 'access', PolicyDocument: policy(action) }],
      ...properties,
    },
  };
}

/** An association whose session policy allows one action on them. */
export function association(action: string, properties: object = {}, others: object = {}): object {
  return {
    Type: 'AWS::EKS::PodIdentityAssociation',
    Properties: {
      ClusterName: 'prod',
      Namespace: 'default',
      ServiceAccount: 'app',
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      DisableSessionTags: true,
      Policy: JSON.stringify(policy(action)),
      ...properties,
    },
    ...others,
  };
}

export const CLEAN = { Resources: { Role: role('s3:*'), Pods: association('s3:GetObject') } };
/** Its session policy is not inside of its role. */
export const EXCEEDING = { Resources: { Role: role('s3:GetObject'), Pods: association('s3:*') } };
/** The same, as people write it. */
export const EXCEEDING_YAML = `
Parameters:
  Bucket: {Type: String}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal: {Service: pods.eks.amazonaws.com}
            Action: [sts:AssumeRole, sts:TagSession]
      Policies:
        - PolicyName: access
          PolicyDocument:
            Version: 2012-10-17
            Statement: [{Effect: Allow, Action: s3:GetObject, Resource: !Sub 'arn:\${AWS::Partition}:s3:::\${Bucket}/*'}]
  Pods:
    Type: AWS::EKS::PodIdentityAssociation
    Properties:
      ClusterName: prod
      Namespace: default
      ServiceAccount: app
      RoleArn: !GetAtt Role.Arn
      DisableSessionTags: true
      Policy: !Sub |
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:\${AWS::Partition}:s3:::\${Bucket}/*"}]}
`.trimStart();
