/** How to make a session policy shorter without taking anything from the pods that the role allows them; the rest of a sentence. */
export const SHORTEN = 'remove what the pods do not need, or split the pods into several service accounts, each with an association and a part of the policy. '
  + 'Or replace a list with a pattern such as s3:Get*, if the role allows all that it matches.';
