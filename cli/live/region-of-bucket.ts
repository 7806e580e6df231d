/**
 * The region of a bucket, as S3 says it in answers to requests that went to another region. bounded-answers.ts finds it;
 * resource-reader.ts sends the request again.
 * Invariant: only the name of the region counts. The SDK makes the endpoint of it, and a location in the answer is never followed.
 */

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
 * Returns the region that S3 names, if the status is one with which it says that a bucket is elsewhere.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
 */
export function otherRegionIn(status: number, headers: { readonly [name: string]: string }): string | undefined {
  const region = headers['x-amz-bucket-region'];
  return [301, 307, 400].includes(status) && region !== undefined && /^[a-z]{2}(-[a-z0-9]+){2,4}$/.test(region) && region.length <= 32 ? region : undefined;
}
