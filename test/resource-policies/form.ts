import { Access } from './case';
import { allows } from './make';

/** A form of statement that every resource policy may have, with the verdict that holds for all services but KMS. */
export interface Form {
  readonly id: FormId;
  readonly page: string;
  readonly why: string;
  readonly access: Access;
  /** What the resource policy contains; without it there is none. */
  readonly statement?: readonly [effect: typeof allows, principal: unknown, condition?: unknown];
  /** Whether the identity policies allow what the session policy names. */
  readonly identity?: boolean;
  /** The boundary allows something else only. */
  readonly boundary?: boolean;
}

export type FormId = typeof FORM_IDS[number];

export const FORM_IDS = [
  'no policy, identity policy', 'no policy, no identity policy', 'allows the role', 'allows the ARN of the role',
  'allows the role by pseudo parameters', 'denies the role', 'denies the root', 'allows the root, no identity policy',
  'allows the root, identity policy', 'allows the account id, no identity policy', 'allows everybody',
  'allows a session', 'denies a session', 'allows another role, no identity policy',
  'allows another role, identity policy',
  'denies another role', 'allows a role of another account', 'allows another account, identity policy',
  'allows a service, no identity policy', 'allows everybody with the ARN of the role',
  'allows everybody with the ARN of sessions', 'denies all but the role', 'denies all but sessions of the role',
  'denies all but another role', 'denies other accounts', 'denies this account', 'allows everybody of the account',
  'allows an organization, no identity policy', 'allows an organization, identity policy', 'denies other organizations',
  'denies requests without TLS, identity policy', 'denies requests without TLS, no identity policy',
  'denies all but another role by NotPrincipal', 'denies all but the role by NotPrincipal',
  'allows the role, outside its boundary', 'allows everybody with the ARN of the role, outside its boundary',
] as const;
