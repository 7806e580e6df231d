import { ResourcePolicyCase } from './case';
import { Given } from './make';

/** A case of a key. */
export type KeyRow = Omit<ResourcePolicyCase, 'template'> & Omit<Given, 'resources' | 'session'> & {
  readonly policy?: readonly object[];
  /** The session policy, if it is not `kms:Decrypt` on the key. */
  readonly session?: Given['session'];
};
