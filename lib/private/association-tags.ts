/**
 * The restrictions of AWS tags that EKS has.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-eks-podidentityassociation-tag.html
 */
import { Token } from 'aws-cdk-lib';

const MAX_TAGS = 50;

/** What is wrong with the tags of an association, each with its fix; for example after `Tags.of(…)` added some. */
export function tagProblems(tags: { readonly [key: string]: string }): string[] {
  const keys = Object.keys(tags);
  const reserved = keys.filter((key) => !Token.isUnresolved(key) && /^aws:/i.test(key));
  return [
    ...reserved.map((key) => `the tag key '${key}' begins with 'aws:', which is reserved for AWS. EKS rejects it at deployment. Use another key.`),
    ...keys.length > MAX_TAGS ? [`there are ${keys.length} tags, and EKS takes at most ${MAX_TAGS}. The deployment fails. Remove ${keys.length - MAX_TAGS} of `
      + 'them; they come from tags and from Tags.of(…) on the association and its scopes.'] : [],
  ];
}
