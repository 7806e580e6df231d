/**
 * The region of a bucket, as S3 says it in answers to requests that went to another region. bounded-answers.ts finds it;
 * resource-reader.ts sends the request again.
 * Invariant: only the name of the region counts. The SDK makes the endpoint of it, and a location in the answer is never followed.
 */
import { MAX_REGION } from './limits';
import type { XmlElement } from './xml-tree';

/** The bucket is in another region. Its message is a clause about the answer. */
export class OtherRegion extends Error {
  public readonly name = 'UnexpectedAnswer';
  /** The SDK does not repeat the request. */
  public readonly $metadata: { readonly httpStatusCode: number };

  public constructor(public readonly region: string, httpStatusCode: number) {
    super(`it says that the bucket is in region ${region} each time`);
    this.$metadata = { httpStatusCode };
  }
}

export function isOfOtherRegion(e: unknown): e is OtherRegion {
  return e instanceof OtherRegion;
}

/**
 * Returns the region that S3 names in the head of an answer, if the status is one with which it says that a bucket is elsewhere. For
 * regions that are newer than March 2019, that is 400.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
 */
export function otherRegionIn(status: number, headers: { readonly [name: string]: string }): string | undefined {
  return [301, 307, 400].includes(status) ? regionNamed(headers['x-amz-bucket-region']) : undefined;
}

/** Returns the region that S3 names in the body of an error about the region in the signature. Such an error may have no region in its head. */
export function otherRegionInError({ children }: XmlElement): string | undefined {
  const textOf = (member: string) => children.find(({ name }) => name === member)?.text;
  return textOf('Code') === 'AuthorizationHeaderMalformed' ? regionNamed(textOf('Region')) : undefined;
}

function regionNamed(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= MAX_REGION && /^[a-z]{2,8}(-[a-z0-9]+){2,4}$/.test(text) ? text : undefined;
}
