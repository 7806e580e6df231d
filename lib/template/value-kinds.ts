import { VariableKind } from '../engine';

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

/** A value that is not known: a parameter, a value from SSM, an import from another app, a custom resource. */
export const ANY_TEXT: VariableKind = { name: 'text', minLength: 0, generated: false, example: 'example' };

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export const PARTITION: VariableKind = {
  name: 'partition', characters: `${LOWER}-`, minLength: 3, maxLength: 10, generated: false, example: 'aws',
};

/** Region names; the shortest and the longest in use have 9 and 14 characters, and AWS promises no bound. */
export const REGION: VariableKind = {
  name: 'region', characters: CHARACTERS.lowerName, minLength: 9, maxLength: 20, generated: false, example: 'us-east-1',
};

export const ACCOUNT: VariableKind = {
  name: 'account id', characters: DIGITS, minLength: 12, maxLength: 12, generated: false, example: '111122223333',
};

export const URL_SUFFIX: VariableKind = {
  name: 'URL suffix', characters: CHARACTERS.dottedLowerName, minLength: 9, maxLength: 30, generated: false, example: 'amazonaws.com',
};

export const STACK_NAME: VariableKind = {
  name: 'stack name', characters: CHARACTERS.name, minLength: 1, maxLength: 128, generated: false, example: 'example-stack',
};
