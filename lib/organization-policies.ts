/**
 * What an app tells the checks about the policies of its organization. Nothing of it is deployed.
 *
 * Invariant: files and documents are read when they are given, so that a mistake is an error in the line of the app that gives them.
 */
import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { onDemand } from './on-demand';
import type { ControlLevel, ControlPolicy } from './organization-policies/control-policy';
import { readText } from './util/read-json';

const ORGANIZATION_POLICIES = Symbol.for('cdk-eks-pod-identity.OrganizationPolicies');

/**
 * The service control policies, or the resource control policies, of one level of AWS Organizations: of the root, of an organizational unit or
 * of an account. Give one for each level between the root and the account to `PodIdentityValidation`.
 *
 * At each level, one policy must allow a request, and no policy of any level may deny it. If no policy of a level has an Allow statement, the
 * level is read with the policy that AWS attaches by default, `FullAWSAccess` or `RCPFullAWSAccess`. The policies give no permissions.
 */
export class OrganizationPolicies {
  /**
   * The policies of a file: a policy document, what `aws organizations describe-policy` answers, or a list of these.
   *
   * @param path the file, in JSON; a relative path starts at the working directory of the app
   * @throws if the file cannot be read, is not JSON, or is none of these; the message has the line
   */
  public static fromFile(path: string): OrganizationPolicies {
    const text = readText(path, ({ code }) => (
      new Error(`OrganizationPolicies.fromFile: cannot read '${path}' (${code}). Give the path of a file with policies of an organization.`)));
    const level = withPrefix('OrganizationPolicies.fromFile', () => onDemand().readLevel(text, path));
    return new OrganizationPolicies(() => level);
  }

  /**
   * The policies as documents, as they are when this is called.
   *
   * @param documents the documents of all policies of the level. They have no tokens. Statements of service control policies have no
   * principals, those of resource control policies have `new iam.StarPrincipal()`
   * @throws if there is no document, or if one has no statements or has a token
   */
  public static fromDocuments(...documents: iam.PolicyDocument[]): OrganizationPolicies {
    if (documents.length === 0) { throw new Error('OrganizationPolicies.fromDocuments: the list of documents is empty. Give the policies of one level of the organization.'); }
    const read = documents.map(documentIn);
    return new OrganizationPolicies((place) => ({ source: place, policies: read.map((document, i) => policyAt(`documents[${i}] of ${place}`, document)) }));
  }

  /**
   * Whether `x` is an `OrganizationPolicies`, of this or another copy of this library.
   *
   * @param x anything
   */
  public static isOrganizationPolicies(x: any): boolean {
    return typeof x === 'object' && x !== null && ORGANIZATION_POLICIES in x;
  }

  /**
   * The levels of a prop. JavaScript lets other values through.
   * @throws if it is something else than a list of these
   * @internal
   */
  public static _levelsIn(list: any, prop: string): readonly ControlLevel[] {
    if (list === undefined || list === null) { return []; }
    const what = OrganizationPolicies.isOrganizationPolicies(list) ? `${prop} is one OrganizationPolicies and not a list`
      : !Array.isArray(list) ? `${prop} is not a list`
        : list.every((item) => OrganizationPolicies.isOrganizationPolicies(item)) ? undefined : `${prop} has something else than OrganizationPolicies`;
    if (what !== undefined) {
      throw new Error(`PodIdentityValidation: ${what}. Give one for each level of the organization, such as [OrganizationPolicies.fromFile('root.json')].`);
    }
    return (list as OrganizationPolicies[]).map((one, i) => one._level(`${prop}[${i}]`));
  }

  /** @param levelAt the level, for messages that name its place in the props */
  private constructor(private readonly levelAt: (place: string) => ControlLevel) {
    Object.defineProperty(this, ORGANIZATION_POLICIES, { value: true });
  }

  /** @internal */
  public _level(place: string): ControlLevel {
    return this.levelAt(place);
  }
}

function documentIn(document: iam.PolicyDocument, index: number): unknown {
  const json: unknown = document?.toJSON?.();
  const fail = (what: string): never => { throw new Error(`OrganizationPolicies.fromDocuments: documents[${index}] ${what}`); };
  if (json === undefined) { return fail('has no statements. Leave it out, or give an iam.PolicyDocument with statements.'); }
  const text = JSON.stringify(json);
  if (Token.isUnresolved(text) || /#\{Token\[/.test(text)) {
    return fail('contains a token, whose value in the organization is not known. Write the value out, such as an ARN or an account id.');
  }
  return JSON.parse(text);
}

function policyAt(place: string, document: unknown): ControlPolicy {
  return { name: place, document, placeOf: () => place };
}

function withPrefix<T>(prefix: string, read: () => T): T {
  try {
    return read();
  } catch (e) {
    throw new Error(`${prefix}: ${(e as Error).message}.`);
  }
}
