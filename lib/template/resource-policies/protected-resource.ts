/** The resources that policies protect, and the statements of those policies. `policies-in.ts` reads them. */
import { JsonObject, Pattern, Statement, SymbolicString } from '../../engine';
import { ResourceRef } from '../template-set';
import { Value } from '../value';

/** A resource of the templates, or one that a policy of the templates is about, with its policies. */
export interface ProtectedResource {
  /** The construct path, or what names it. */
  readonly path: string;
  readonly type: string;
  /** The account that owns it; `undefined` if nothing tells. */
  readonly account: Value | undefined;
  readonly arn: string | SymbolicString;
  /** The assembly in which a symbolic ARN has its meaning. @default - the ARN is not symbolic */
  readonly assembly?: string;
  /** Where it is defined, if it is a resource of the templates. */
  readonly ref?: ResourceRef;
  /** The patterns of its ARN, and of those of what is inside. */
  readonly own: readonly Pattern[];
  /** Whether it has a policy of its own. Without one, the defaults of its service apply. */
  readonly hasPolicy: boolean;
  readonly statements: readonly ResourceStatement[];
  /** Why its policy may have other statements than these. */
  readonly doubts: readonly string[];
  /** Whether an access control list may let other accounts in. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html */
  readonly hasAccessControlList?: boolean;
}

/** A statement of a resource policy, on the resource. */
export interface ResourceStatement {
  /** As it is written, with its principals. */
  readonly written: JsonObject;
  /** Without its principals, on the resource that has it. */
  readonly statement: Statement;
  /** The same as it is written, for requests on the resource only: `NotResource` stays. */
  readonly within: Statement;
  /** Whether `statement` is exactly the part that applies to the resource. It then also holds among statements about other resources. */
  readonly isExact: boolean;
  /** Whether it is certainly in the policy. */
  readonly isCertain: boolean;
}
