/** The properties of the Pod Identity associations of a template. */
export function associationsIn(template: any): any[] {
  return Object.values<any>(template.Resources).filter((r) => r.Type === 'AWS::EKS::PodIdentityAssociation').map(
    (r) => r.Properties,
  );
}

/** The session policy of an association, with each intrinsic in it as `${…}`. */
export function sessionPolicyOf(association: any): any {
  const { Policy: policy } = association;
  const text = typeof policy === 'string'
    ? policy
    : policy['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : intrinsic(part))).join('');
  return JSON.parse(text);
}

function intrinsic(value: any): string {
  const [[name, argument]] = Object.entries(value);
  return name === 'Ref' ? `\${${argument}}`
    : name === 'Fn::GetAtt' ? `\${${(argument as string[]).join('.')}}` : `\${${name} ${argument}}`;
}
