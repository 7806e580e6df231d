/**
 * Converts the short forms of CloudFormation's functions in YAML, such as `!Ref Bucket`, to their JSON form. Both YAML parsers
 * use it, so they agree on tags.
 */

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
export function taggedValue(tag: string | undefined, value: unknown): unknown {
  const name = tag === undefined ? undefined : /^!([A-Za-z:]+)$/.exec(tag)?.[1];
  switch (name) {
    case undefined: return value;
    case 'Ref': case 'Condition': return { [name]: value };
    case 'GetAtt': return { 'Fn::GetAtt': typeof value === 'string' ? getAtt(value) : value };
    default: return { [`Fn::${name}`]: value };
  }
}

/** `Id.Attribute.of.it` → `['Id', 'Attribute.of.it']` */
function getAtt(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
