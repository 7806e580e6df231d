/** How to make a session policy shorter without taking anything from the pods that the role allows them. */
export const SHORTEN = 'Remove what the pods do not need, or split the service account: each part of the pods gets an association with its part of the policy. '
  + 'Where the role allows all that a pattern matches, such as s3:Get*, the pattern is shorter than a list of actions or resources.';
