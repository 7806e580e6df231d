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
 * The service control policies, or the resource control policies, of one level of AWS Organizations.
 *
 * A level is the root, an organizational unit or an account. Give one `OrganizationPolicies` for each level from the root to the account
 * to `PodIdentityValidation`. Nothing of them is deployed.
 *
 * At each level, one policy must allow a request, and no policy of any level may deny it. If no policy of a level has an Allow statement, the
 * checks add the policy that AWS attaches by default, `FullAWSAccess` or `RCPFullAWSAccess`. The policies grant no permissions.
 *
 * @example
 * const root = OrganizationPolicies.fromDocuments(new iam.PolicyDocument({
 *   statements: [new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['s3:DeleteBucket'], resources: ['*'] })],
 * }));
 * Validations.of(app).addPlugins(new PodIdentityValidation({ serviceControlPolicies: [root] }));
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export class OrganizationPolicies {
  /**
   * Reads the policies of one level from a JSON file.
   *
   * The file contains a policy document, the output of `aws organizations describe-policy`, or a list of these. The file is read immediately.
   *
   * Throws an error if the file cannot be read, is not JSON, has more than 1,000,000 characters, or does not contain 1 to 100 such policies.
   *
   * @param path the path of the file, relative to the working directory of the app
   */
  public static fromFile(path: string): OrganizationPolicies {
    const text = readText(path, ({ code }) => (
      new Error(`OrganizationPolicies.fromFile: cannot read '${path}' (${code}). Give the path of a file with policies of an organization.`)));
    const level = withPrefix('OrganizationPolicies.fromFile', () => onDemand().readLevel(text, path));
    return new OrganizationPolicies(() => level);
  }

  /**
   * Takes the policies of one level from policy documents.
   *
   * The documents are read immediately, so later changes have no effect. Statements of service control policies have no principals. Statements
   * of resource control policies have `new iam.StarPrincipal()`.
   *
   * Throws an error if no document is given, or if a document has no statements or contains a token.
   *
   * @param documents the documents of all policies of the level, without tokens
   */
  public static fromDocuments(...documents: iam.PolicyDocument[]): OrganizationPolicies {
    if (documents.length === 0) { throw new Error('OrganizationPolicies.fromDocuments: the list of documents is empty. Give the policies of one level of the organization.'); }
    const read = documents.map(documentIn);
    return new OrganizationPolicies((place) => ({ source: place, policies: read.map((document, i) => policyAt(`documents[${i}] of ${place}`, document)) }));
  }

  /**
   * Returns whether an object is an `OrganizationPolicies`, created by this or another copy of this library.
   *
   * @param x any object
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
