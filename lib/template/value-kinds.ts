import { UsualLength, VariableKind } from '../engine';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';

/** The characters of names, by the services' own rules. No set contains a colon or a wildcard, and only `path` contains a slash. */
export const CHARACTERS = {
  lower: LOWER,
  digits: DIGITS,
  lowerName: `${LOWER}${DIGITS}-`,
  dottedLowerName: `${LOWER}${DIGITS}-._`,
  name: `${LOWER}${UPPER}${DIGITS}-_`,
  dottedName: `${LOWER}${UPPER}${DIGITS}-_.`,
  iamName: `${LOWER}${UPPER}${DIGITS}-_+=,.@`,
  path: `${LOWER}${UPPER}${DIGITS}-_./#`,
};

/** A usual length without a spread. */
export function exactly(length: number): UsualLength {
  return { expected: length, longest: length };
}

/** A usual length, brought between the bounds. */
export function within({ expected, longest }: UsualLength, minLength: number, maxLength = Infinity): UsualLength {
  const clamp = (length: number) => Math.max(minLength, Math.min(maxLength, length));
  return { expected: clamp(expected), longest: clamp(longest) };
}

/** The assumed length of a name about which nothing more is known: few are longer, because roles and functions have at most 64 characters. */
export const USUAL_NAME = 64;

/** A value that is not known: a parameter, a value from SSM, an import from another app, a custom resource. */
export const ANY_TEXT: VariableKind = { name: 'text', minLength: 0, generated: false, example: 'example' };

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export const PARTITION: VariableKind = {
  name: 'partition', characters: `${LOWER}-`, minLength: 3, maxLength: 10, usual: exactly('aws'.length), generated: false, example: 'aws',
};

/**
 * Region names; the shortest and the longest in use have 9 and 14 characters, and AWS promises no bound. Half of the commercial ones
 * have at most 10: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export const REGION: VariableKind = {
  name: 'region', characters: CHARACTERS.lowerName, minLength: 9, maxLength: 20, usual: { expected: 10, longest: 14 }, generated: false, example: 'us-east-1',
};

export const ACCOUNT: VariableKind = {
  name: 'account id', characters: DIGITS, minLength: 12, maxLength: 12, generated: false, example: '111122223333',
};

export const URL_SUFFIX: VariableKind = {
  name: 'URL suffix', characters: CHARACTERS.dottedLowerName, minLength: 9, maxLength: 30, usual: exactly('amazonaws.com'.length), generated: false, example: 'amazonaws.com',
};

export const STACK_NAME: VariableKind = {
  name: 'stack name', characters: CHARACTERS.name, minLength: 1, maxLength: 128, generated: false, example: 'example-stack',
};
