/**
 * Every sentence of advice that the rules print, with what a user would do who follows it. `check-fix.ts` follows each on the app of
 * its finding. A sentence that is not here fails the test.
 */
/* eslint-disable @stylistic/max-len -- a sentence is easier to compare on one line */
import {
  AppUnderFix, asTemplate, Edit, resourceIn, sessionOf, withoutAssociation, withProperty, withResource, withRolePolicy, withSession, Written,
} from './app-under-fix';
import { Finding, RuleId } from '../../lib/analysis/finding';
import { Association, narrowedRole, placeOfProperty } from '../../lib/template/associations';
import { WRITTEN_POLICY_KEY } from '../../lib/template/written-policy-key';

export interface Advice {
  readonly says: RegExp;
  readonly rules?: readonly RuleId[];
  /** `undefined`: this app has no place for it, such as a role that it does not define. */
  readonly follow: (app: AppUnderFix, finding: Finding, match: RegExpExecArray, json: readonly Written[]) => AppUnderFix | undefined;
  /** What the advice leaves to the reader, so that it is not checked here: why. */
  readonly leaves?: { readonly losses?: string; readonly errors?: string; readonly finding?: string };
}

const STATEMENT = "statement (\\d+)(?: \\(Sid '[^']*'\\))? of [^⟦]*?";
const J = '⟦(\\d+)⟧';
const LIST = '((?:⟦\\d+⟧(?:, )?)+)';

const listed = (text: string, json: readonly Written[]) => [...text.matchAll(/⟦(\d+)⟧/g)].map(([, i]) => json[Number(i)]);
const sameJson = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const editing = (app: AppUnderFix, edit: Edit | undefined) => edit && app.edited(edit);
const editingPods = (app: AppUnderFix, { association: { ref } }: Finding, edit: (properties: Record<string, any>) => void) => (
  app.edited((stacks) => edit(resourceIn(stacks, ref).Properties)));

/** Replaces a statement of the session policy, which is printed as it is. */
function replacing(app: AppUnderFix, finding: Finding, old: Written, by: readonly Written[]): AppUnderFix {
  const statements = sessionOf(finding);
  const at = statements.findIndex((one) => sameJson(one, old));
  if (at < 0) { throw new Error(`the session policy has no statement ${JSON.stringify(old)}`); }
  return app.edited(withSession(finding, [...statements.slice(0, at), ...by, ...statements.slice(at + 1)]));
}

const adding = (app: AppUnderFix, finding: Finding, more: readonly Written[]) => (
  app.edited(withSession(finding, [...sessionOf(finding), ...more])));

/** The statement of the session policy that a message names. */
function namedIn({ message }: Finding): number {
  return Number(/statement (\d+)/.exec(message)![1]);
}

function changing(app: AppUnderFix, finding: Finding, change: (statement: Written) => Written | Written[]): AppUnderFix {
  const index = namedIn(finding);
  return app.edited(withSession(finding, sessionOf(finding).flatMap((one, i) => (i === index ? change(one) : [one]))));
}

/** Takes the Deny statement with this index, and this Sid, out of every policy of the app. */
function withoutDenies(app: AppUnderFix, text: string): AppUnderFix {
  const named = [...text.matchAll(/statement (\d+)(?: \(Sid '([^']*)'\))?/g)];
  const visit = (value: any): void => {
    if (typeof value !== 'object' || value === null) { return; }
    if (typeof value.PolicyDocument === 'string') { value.PolicyDocument = JSON.parse(value.PolicyDocument); }
    if (Array.isArray(value.Statement)) {
      value.Statement = value.Statement.filter((one: Written, i: number) => (
        one.Effect === 'Allow' || !named.some(([, index, sid]) => Number(index) === i && one.Sid === sid)));
    }
    Object.values(value).forEach(visit);
  };
  return app.edited((stacks) => stacks.forEach(({ template }) => visit(template.Resources)));
}

/** Applies `changed` to each policy document in the resources, but for trust policies; as an object, if it is text. */
function withDocuments(app: AppUnderFix, changed: (document: any) => unknown): AppUnderFix {
  const visit = (value: any): void => {
    if (typeof value !== 'object' || value === null) { return; }
    for (const name of ['PolicyDocument', 'KeyPolicy'].filter((one) => one in value)) { value[name] = changed(value[name]); }
    Object.values(value).forEach(visit);
  };
  return app.edited((stacks) => stacks.forEach(({ template }) => visit(template.Resources)));
}

const isJson = (text: string) => {
  try {
    return JSON.stringify(JSON.parse(text)).length === text.replace(/\s/g, '').length; // a name that is repeated gets lost
  } catch {
    return false;
  }
};

/** Allows the statement wherever it is needed: in the policies of the role, and in its boundary. */
function allowing(
  app: AppUnderFix, { association }: Finding, statements: readonly Written[], places: string, role = narrowedRole(association),
): AppUnderFix | undefined {
  const { defined } = role;
  if (!defined) { return undefined; }
  return app.edited((stacks) => {
    for (const [i, statement] of statements.entries()) {
      if (/boundary/.test(places)) {
        const boundary = resourceIn(stacks, defined).Properties.PermissionsBoundary;
        const target = stacks.flatMap(({ template }) => Object.entries(template.Resources ?? {}))
          .find(([id, { Type }]) => Type === 'AWS::IAM::ManagedPolicy' && id === boundary?.Ref);
        if (/:aws:policy\//.test(String(boundary)) && !/another permissions boundary/.test(places)) { throw new Error('only AWS can change this boundary'); }
        if (target) {
          (target[1] as any).Properties.PolicyDocument.Statement.push(asTemplate(statement, defined.stack));
        } else { // another boundary: one that is not the app's cannot be changed
          const { Resources } = stacks.find(({ id }) => id === defined.stack.id)!.template as any;
          Resources.OtherBoundary = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: EVERYTHING } };
          resourceIn(stacks, defined).Properties.PermissionsBoundary = { Ref: 'OtherBoundary' };
        }
      }
      if (/in the role(?!'s)|in its identity/.test(places)) {
        withRolePolicy(role, statement)!(stacks);
        const { Resources } = stacks.find(({ id }) => id === defined.stack.id)!.template as any;
        Resources[`AddedPolicy${i}`] = Resources.AddedPolicy;
      }
    }
  });
}

const MORE_THAN_WRITTEN = { losses: 'the pods had more than was written' };

const deployingWritten = (app: AppUnderFix, { association: { ref } }: Finding) => app.edited((stacks) => {
  const resource: any = resourceIn(stacks, ref);
  resource.Properties.Policy = JSON.stringify(resource.Metadata[WRITTEN_POLICY_KEY].Document);
  delete resource.Metadata;
});

const READ_A = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/a/*' };
const PARTS = 4;
const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

const allowsOf = (finding: Finding) => sessionOf(finding).filter(({ Effect }) => Effect === 'Allow');

const trusting = (app: AppUnderFix, role: Association['role'], statement: Written) => editing(app, role.defined && ((stacks) => {
  const { Properties } = resourceIn(stacks, role.defined!);
  const { AssumeRolePolicyDocument: written } = Properties;
  const trust = typeof written === 'string' ? JSON.parse(written) : written;
  Properties.AssumeRolePolicyDocument = trust;
  trust.Statement = [...[trust.Statement].flat(), asTemplate(statement, role.defined!.stack)];
}));

/** Changes the statements of the trust policy. */
function editedTrust(app: AppUnderFix, role: Association['role'], edit: (statements: readonly Written[]) => readonly Written[]): AppUnderFix {
  return app.edited((stacks) => {
    const { Properties } = resourceIn(stacks, role.defined!);
    const trust = Properties.AssumeRolePolicyDocument;
    Properties.AssumeRolePolicyDocument = { ...trust, Statement: edit([trust.Statement].flat()) };
  });
}

/** The statements with another value of a condition key, or (`undefined`) without it. */
function conditionsIn(statements: readonly Written[], wanted: string, valueOf: () => unknown): Written[] {
  return statements.map(({ Condition: tests, ...rest }) => ({
    ...rest,
    Condition: Object.fromEntries(Object.entries<any>(tests ?? {}).map(([operator, keys]) => [operator, Object.fromEntries(
      Object.entries<any>(keys).map(([key, value]) => [key, key === wanted ? valueOf() : value]).filter(([, value]) => value !== undefined),
    )])),
  }));
}

const DENYING = '((?:statement \\d+(?: \\(Sid \'[^\']*\'\\))? of [^⟦]*?, ⟦\\d+⟧(?: and )?)+)';
const GRANTS = '(?: \\(with GrantsTo\\.SESSION_POLICY_AND_ROLE, grants go to both\\))?';
const BOUNDARY = "the role's permissions boundary|another permissions boundary for the role \\(AWS maintains this one\\)";
const MEANT = `\\S+ the role that was meant, or allow (?:what the pods need )?(in (?:the role|another permissions boundary).*?)(?: what the pods need)?${GRANTS}`;
const CHANGED = '\\S+ the role that was meant, or change (.*): (?:it denies|they deny) all that the session policy allows';
const WHOLE = 'Do not remove the session policy instead: the pods could then do everything that the role allows\\.';

function withoutOwnDenies(app: AppUnderFix, finding: Finding, [, named]: RegExpExecArray, json: readonly Written[]): AppUnderFix {
  const denies = listed(named, json);
  return app.edited(withSession(finding, sessionOf(finding).filter((one) => !denies.some((deny) => sameJson(one, deny)))));
}

const TRUST_EKS = { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] };
const NO_CREDENTIALS = 'the pods had no credentials';
const CHOICE = 'the reader chooses what the pods do not need';
const NO_PODS = 'EKS rejects the association as it is';
const OTHER_ROLE = 'the reader chooses another role';

const OTHER_NODES = 'PodIdentityAgent\\.ensureOn\\(cluster, \\{ nodesOutsideAutoMode: true \\}\\)';

/** Adds something of the cluster to the stack of the association. */
const addingToCluster = (app: AppUnderFix, { association: { ref } }: Finding, type: string, properties: object) => (
  app.edited((stacks) => withResource(stacks, ref.stack, 'AddedToCluster', {
    Type: type, Properties: { ClusterName: ref.resource.Properties!.ClusterName, ...properties },
  })));

export const ADVICE: readonly Advice[] = [
  { says: /Change it for that case only: in other cases, the pods may have more permissions\./, follow: () => undefined },
  // ---- SessionPolicyExceedsRole ----
  {
    says: new RegExp(`In ${STATEMENT}, ${J}, leave out what the role does not allow: replace it with ${LIST}(?:, and repeat what the role denies: add ${LIST})?\\.`),
    follow: (app, finding, [, , old, by, deny = ''], json) => (
      replacing(app, finding, json[Number(old)], [...listed(by, json), ...listed(deny, json)])),
  },
  {
    says: new RegExp(`In ${STATEMENT}, ${J}, leave out what the role does not allow\\. The role allows this part of it, and may allow more: ${LIST}\\.`),
    follow: (app, finding, [, , old, by], json) => replacing(app, finding, json[Number(old)], listed(by, json)),
    leaves: { losses: 'it says that the role may allow more' },
  },
  {
    says: new RegExp(`In ${STATEMENT}, ${J}, leave out what the role does not allow\\.(?: With all that the role allows of it, the session policy has [\\d,]+ characters; EKS accepts at most 2,048\\.)?`),
    follow: (app, finding, [, , old], json) => (allowsOf(finding).length > 1 ? replacing(app, finding, json[Number(old)], []) : undefined),
    leaves: { losses: 'no policy says what the role has' },
  },
  {
    says: new RegExp(`Repeat in the session policy what the role denies: add ${LIST}\\.`),
    follow: (app, finding, [, deny], json) => adding(app, finding, listed(deny, json)),
  },
  {
    says: new RegExp(`Remove ${STATEMENT}, ${J}: the role allows none of it\\.`),
    follow: (app, finding, [, , old], json) => replacing(app, finding, json[Number(old)], []),
  },
  {
    says: new RegExp(`Or change (${STATEMENT}): what it denies, no other statement can allow\\.`),
    follow: (app, _finding, [, named]) => withoutDenies(app, named),
    leaves: { finding: 'another Deny statement may stand against it, too' },
  },
  {
    says: new RegExp(`Or allow it (in (?:${BOUNDARY}|the role(?: \\(with GrantsTo\\.SESSION_POLICY_AND_ROLE, grants go to both\\))?(?: and in (?:${BOUNDARY}))?))\\.`),
    follow: (app, finding, [, places]) => {
      const [json] = /\{"/.exec(finding.fix) ? [JSON.parse(/, (\{.*?\})(?:, leave|: the role)/.exec(finding.fix)![1])] : [];
      return allowing(app, finding, [json], places);
    },
  },
  {
    says: /If (?:a resource policy|resource policies) that names? the role allows? it, (?:acknowledge this rule with that reason|turn this rule off \(--severity \w+=off\))\./,
    follow: (app, { rule }) => app.without(rule),
  },
  // ---- CompactedPolicyDiffers ----
  { says: /If an override or an aspect changes Policy or Metadata of the association, remove it\./, follow: () => undefined },
  { says: /If a part of the app that is synthesized apart from the association .* use Compaction\.CATALOG, which does not depend on the role\./, follow: deployingWritten, leaves: MORE_THAN_WRITTEN },
  {
    says: /(Synthesize the template again: [^.]*\. )?Or (let the app )?set compaction to Compaction\.NONE, which deploys the written policy\./,
    follow: deployingWritten,
    leaves: MORE_THAN_WRITTEN,
  },
  // ---- SessionPolicyOmitsCondition ----
  {
    says: new RegExp(`To repeat the condition in the session policy, replace ${J} with ${LIST}(?:, and add ${LIST})?\\.`),
    follow: (app, finding, [, old, by, deny = ''], json) => (
      replacing(app, finding, json[Number(old)], [...listed(by, json), ...listed(deny, json)])),
  },
  {
    says: new RegExp(`To repeat the condition in the session policy, add ${LIST}\\.`),
    follow: (app, finding, [, deny], json) => adding(app, finding, listed(deny, json)),
  },
  {
    says: /If all requests of the pods meet the condition, (?:acknowledge this rule with that reason|turn this rule off \(--severity \w+=off\))\./,
    follow: (app, { rule }) => app.without(rule),
  },
  // ---- RoleUsableByAnyAssociation ----
  {
    says: new RegExp(`(?:Set the clusters of a PodIdentityRole, or add|Add) to the statement for pods\\.eks\\.amazonaws\\.com the condition ${J}\\.`),
    follow: (app, { association: { role } }, [, condition], json) => editedTrust(app, role, (statements) => statements.map((one) => (
      JSON.stringify(one.Principal ?? {}).includes('pods.eks')
        ? { ...one, Condition: { ...one.Condition, ...asTemplate(json[Number(condition)], role.defined!.stack) } } : one))),
  },
  {
    says: /Or allow iam:PassRole on the role only to those who may use it, and turn this rule off\./,
    follow: (app, { rule }) => app.without(rule),
  },
  // ---- GuardrailLimitsSessionPolicy ----
  {
    says: /If the guardrail is meant to limit these pods, too, change nothing\./,
    follow: (app, { rule }) => app.without(rule),
  },
  {
    says: /Otherwise exempt the role in the statement of the guardrail\./,
    follow: (app, { message }) => withoutDenies(app, message.replace(/^.*? denies it: /, '')),
    leaves: { finding: 'another guardrail may limit it, too' },
  },
  // ---- DeniedByResourcePolicy ----
  {
    says: /If the pods need it, exempt the role \S+ in that statement\./,
    follow: (app, { association }) => withDocuments(app, (document) => ({
      ...document,
      Statement: [document.Statement].flat().map((one: Written) => (one.Effect === 'Deny' ? {
        ...one, Condition: { ...one.Condition, ArnNotEquals: { 'aws:PrincipalArn': association.ref.resource.Properties!.RoleArn } },
      } : one)),
    })),
  },
  {
    says: /Otherwise remove these actions from the session policy\./,
    follow: (app, finding) => {
      const actions = / the session policy allows (.*?) on /.exec(finding.message)![1].split(/, | and /);
      const left = sessionOf(finding).flatMap((one: Written) => {
        const kept = [one.Action].flat().filter((action) => !actions.includes(action));
        return kept.length === 0 ? [] : [{ ...one, Action: kept }];
      });
      return app.edited(withSession(finding, left.length > 0 ? left : [READ_A]));
    },
    leaves: { losses: 'the pods do not need it', errors: 'it depends on what else the pods need', finding: 'nothing may be left' },
  },
  {
    says: new RegExp(`If the pods need it, add to the policy of (\\S+) ${J}(?:: IAM policies then decide)?\\.`),
    follow: (app, _finding, [, , allow], json) => withDocuments(app, (document) => (
      { ...document, Statement: [[document.Statement].flat(), json[Number(allow)]].flat() })),
  },
  // ---- Policies of the organization ----
  {
    says: /If the policy is meant to limit these pods, too, change nothing\./,
    follow: (app, { rule }) => app.without(rule),
  },
  {
    says: /Otherwise ask the administrators of the organization to exempt the role in that policy\./,
    follow: (app) => app.exempt(),
  },
  {
    says: new RegExp(`Remove ${STATEMENT}, ${J}: the organization allows none of it\\.`),
    follow: (app, finding, [, , old], json) => replacing(app, finding, json[Number(old)], []),
  },
  {
    says: new RegExp(`In ${STATEMENT}, ${J}, leave out (\\S+) on \\S+\\.`),
    follow: (app, finding, [, , old, action], json) => replacing(app, finding, json[Number(old)], [{
      ...json[Number(old)], Action: [json[Number(old)].Action].flat().filter((one: string) => one !== action),
    }]),
  },
  {
    says: /(?:Or|Allow other permissions in the session policy, or) ask the administrators of the organization to exempt the role \S+ in statement \d+ of [SR]CP \S+ with a condition on aws:PrincipalArn\./,
    follow: (app) => app.exempt(),
  },
  {
    says: /(?:Or|Allow other permissions in the session policy, or) ask the administrators of the organization to allow what the pods need in the policies of \S+\./,
    follow: (app) => app.exempt(),
  },
  {
    says: /If these policies do not apply to the account \(none applies to the management account\), leave them out of (?:serviceControlPolicies of PodIdentityValidation|--scp)\./,
    follow: (app) => app.exempt(),
  },
  {
    says: /If these policies do not apply to the account of the resource, leave them out of (?:resourceControlPolicies of PodIdentityValidation|--rcp)\./,
    follow: (app) => app.exempt(),
  },
  // ---- ResourcePolicyHasNoEffect ----
  {
    says: new RegExp(`If the pods need it, (?:grant it to the association, or )?add to the session policy ${LIST}\\.`),
    follow: (app, finding, [, allow], json) => adding(app, finding, listed(allow, json)),
  },
  {
    says: /Otherwise remove the role from the policy of \S+\./,
    follow: (app, { association: { role } }) => withDocuments(app, (document) => ({
      ...document, Statement: document.Statement.filter((one: Written) => !JSON.stringify(one.Principal ?? '').includes(`"${role.defined!.logicalId}"`)),
    })),
  },
  // ---- NoEffectivePermissions ----
  {
    says: new RegExp(`If the pods are meant to do all that the role \\S+ allows except what is denied, add ${J} to the session policy(?: \\(SessionPolicy\\.allExcept does that\\))?\\.`),
    follow: (app, finding, [, allow], json) => adding(app, finding, [json[Number(allow)]]),
  },
  {
    says: /Otherwise allow what they need\./,
    follow: (app, finding) => adding(app, finding, [READ_A]),
    leaves: { errors: 'it depends on what the reader allows' },
  },
  {
    says: new RegExp(`If they are meant to do nothing, deny everything: ${J}\\.`),
    follow: (app, finding, [, deny], json) => app.edited(withSession(finding, [json[Number(deny)]])),
  },
  {
    says: new RegExp(`Remove from the session policy ${DENYING}: (?:it denies|they deny) all that the policy allows\\.`),
    follow: withoutOwnDenies,
    leaves: { errors: 'what is allowed then may exceed the role, which has a finding of its own' },
  },
  {
    says: new RegExp(`First remove from the session policy ${DENYING}: (?:it denies|they deny) all that the policy allows\\. Then give ${MEANT}\\. ${WHOLE}`),
    follow: (app, finding, match, json) => {
      const places = match.at(-1)!;
      return allowing(withoutOwnDenies(app, finding, match, json), finding, allowsOf(finding), places);
    },
  },
  {
    says: new RegExp(`First remove from the session policy ${DENYING}: (?:it denies|they deny) all that the policy allows\\. Then give ${CHANGED}\\. ${WHOLE}`),
    follow: (app, finding, match, json) => withoutDenies(withoutOwnDenies(app, finding, match, json), match.at(-1)!),
    leaves: { errors: 'what is not allowed either may exceed the role, which has a finding of its own' },
  },
  {
    says: new RegExp(`Give ${MEANT}\\. ${WHOLE}`),
    follow: (app, finding, [, places]) => allowing(app, finding, allowsOf(finding), places),
  },
  {
    says: new RegExp(`Give ${CHANGED}\\. ${WHOLE}`),
    follow: (app, _finding, [, named]) => withoutDenies(app, named),
    leaves: { errors: 'what is not allowed either may exceed the role, which has a finding of its own' },
  },
  // ---- StatementHasNoEffect ----
  {
    says: new RegExp(`Remove ${J} from the session policy(?:, or allow it in (?:the role .*?))?\\. It counts toward the 2,048 characters of a session policy\\.`),
    follow: (app, finding, [, old], json) => replacing(app, finding, json[Number(old)], []),
  },
  {
    says: new RegExp(`Remove ${J} from the session policy, or deny what the role \\S+ allows\\.`),
    follow: (app, finding, [, old], json) => replacing(app, finding, json[Number(old)], []),
  },
  {
    says: new RegExp(`Deny the actions on the resources that they act on, such as the objects of a bucket instead of the bucket\\. The statement is now: ${J}\\.`),
    follow: (app, finding, [, old], json) => replacing(app, finding, json[Number(old)], [{ ...json[Number(old)], Resource: '*' }]),
    leaves: { losses: 'it is meant to be denied', errors: 'what a filter leaves may have a finding of its own' },
  },
  {
    says: new RegExp(`If the pods are not meant to do it, deny it without conditions: ${J}\\.`),
    follow: (app, finding, [, deny], json) => changing(app, finding, () => [json[Number(deny)]]),
    leaves: { losses: 'it is meant to be denied' },
  },
  {
    says: /Otherwise remove the statement\./,
    follow: (app, finding) => changing(app, finding, () => []),
  },
  // ---- SessionPolicyDoesNotNarrow ----
  {
    says: /Deny what the role \S+ allows and the pods are not meant to do, or remove the session policy\./,
    follow: (app, finding) => editingPods(app, finding, (properties) => { delete properties.Policy; }),
  },
  {
    says: /If the role will get more permissions, (?:acknowledge this rule with that reason|turn this rule off \(--severity \w+=off\))\./,
    follow: (app, { rule }) => app.without(rule),
  },
  {
    says: /Leave out of the session policy what these pods do not need\./,
    follow: (app, finding) => {
      const [first, ...others] = sessionOf(finding);
      const condition = { ...first.Condition, StringEquals: { ...first.Condition?.StringEquals, 'aws:SourceVpc': 'vpc-1' } };
      return app.edited(withSession(finding, [{ ...first, Condition: condition }, ...others]));
    },
    leaves: { losses: CHOICE, errors: 'it depends on what the reader leaves out', finding: 'it depends on what the reader leaves out' },
  },
  {
    says: /If no other pods use the role, remove the session policy(?: \(with GrantsTo\.ROLE, grants go to the role\))?\./,
    follow: (app, finding) => editingPods(app, finding, (properties) => { delete properties.Policy; }),
  },
  {
    says: /If the role will get more permissions for other associations, (?:acknowledge this rule with that reason|turn this rule off \(--severity \w+=off\))\./,
    follow: (app, { rule }) => app.without(rule),
  },
  // ---- The text of the session policy ----
  // test/rules/offer-compaction.test.ts follows it: constructs and a command make the policy.
  {
    says: /Set compaction: Compaction\.\w+ \(a prop of PodIdentityAssociation, an option of SessionPolicyMixin\) to deploy a shorter session policy, which has [\w, ]+ and gives the pods the same permissions\./,
    follow: () => undefined,
  },
  { says: /Deploy the shorter session policy that `cdk-pod-identity compact` prints \(\w+\), which has [\w, ]+ and gives the pods the same permissions\./, follow: () => undefined },
  {
    says: /(?:Or r|R)emove what the pods do not need, or split the pods into several service accounts, each with an association and a part of the policy\. Or replace a list with a pattern such as s3:Get\*, if the role allows all that it matches\./,
    follow: (app, finding) => app.edited((stacks) => {
      const { ref } = finding.association;
      const { Resources } = stacks.find(({ id }) => id === ref.stack.id)!.template as any;
      const whole = structuredClone(resourceIn(stacks, ref));
      for (let i = 0; i < PARTS; i++) {
        const statements = sessionOf(finding).map((one) => {
          const longer = [one.Resource].flat().length > [one.Action].flat().length ? 'Resource' : 'Action';
          const list = [one[longer]].flat();
          return { ...one, [longer]: list.slice(i * Math.ceil(list.length / PARTS), (i + 1) * Math.ceil(list.length / PARTS)) };
        }).filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0);
        if (statements.length === 0) { continue; }
        withSession(finding, statements)(stacks);
        Resources[`Part${i}`] = structuredClone(Resources[ref.logicalId]);
        Resources[`Part${i}`].Properties.ServiceAccount = `part-${i}`;
      }
      Resources[ref.logicalId] = { ...Resources.Part0, Properties: { ...Resources.Part0.Properties, ServiceAccount: whole.Properties.ServiceAccount } };
      delete Resources.Part0;
    }),
    leaves: { losses: 'the other part of the pods has the other part of the permissions' },
  },
  {
    says: /Give (?:the resources explicit names \([^)]*\))?(?: and )?(?:the stack an env|the account and the region \(--account, --region\))?: the check knows the length of literal values\./,
    follow: (app, finding) => app.edited((stacks) => {
      const { association: { ref: { stack } } } = finding;
      const own = stacks.find(({ id }) => id === stack.id)! as { -readonly [key in keyof typeof stack]: (typeof stack)[key] };
      own.account ??= '111122223333';
      own.region ??= 'us-east-1';
      for (const resource of Object.values(own.template.Resources ?? {}) as any[]) {
        if (resource.Type === 'AWS::S3::Bucket') { resource.Properties = { ...resource.Properties, BucketName: 'short-name' }; }
        if (resource.Type === 'AWS::DynamoDB::Table') { resource.Properties = { ...resource.Properties, TableName: 'short' }; }
      }
    }),
    leaves: { losses: 'a resource of another name is another resource to this check' },
  },
  {
    says: /Use JSON\.stringify, or the sessionPolicy of PodIdentityAssociation\.|Write the document as a JSON string\./,
    follow: (app, finding) => editingPods(app, finding, (properties) => { properties.Policy = JSON.stringify(properties.Policy); }),
    leaves: { losses: NO_PODS },
  },
  {
    says: /Write a policy document with Version and Statement\./,
    follow: (app, finding) => app.edited(withSession(finding, [READ_A])),
    leaves: { errors: 'it depends on what is written' },
  },
  {
    says: /Add (\w+) to (the document|Statement\[(\d+)\])\./,
    rules: ['InvalidSessionPolicy'],
    follow: (app, finding, [, element, , index]) => editingPods(app, finding, (properties) => {
      const document = JSON.parse(properties.Policy);
      if (index === undefined) { document[element] = [READ_A]; } else { document.Statement[Number(index)][element] = (READ_A as Written)[element]; }
      properties.Policy = JSON.stringify(document);
    }),
    leaves: { errors: 'it depends on what is written' },
  },
  {
    says: /Add a statement\./,
    rules: ['InvalidSessionPolicy'],
    follow: (app, finding) => app.edited(withSession(finding, [READ_A])),
    leaves: { errors: 'it depends on what is written' },
  },
  {
    says: /Remove Statement\[(\d+)\]\.((?:Not)?Principal)\./,
    rules: ['InvalidSessionPolicy'],
    follow: (app, finding, [, index, element]) => editingPods(app, finding, (properties) => {
      const document = JSON.parse(properties.Policy);
      delete document.Statement[Number(index)][element];
      properties.Policy = JSON.stringify(document);
    }),
  },
  {
    says: /Correct (\S+)\./,
    rules: ['InvalidSessionPolicy'],
    follow: (app, finding, [, where]) => editingPods(app, finding, (properties) => {
      const document = JSON.parse(properties.Policy);
      const steps = where.split(/[.[\]]+/).filter((step) => step !== '');
      const parent = steps.slice(0, -1).reduce((value, step) => value[step], document);
      const last = steps.at(-1)!;
      if (where === 'Statement') { document.Statement = [READ_A]; } else if (last === 'Effect') { parent.Effect = 'Allow'; } else if (Array.isArray(parent)) { parent[Number(last)] = READ_A; } else if (last === 'Resource' && !('NotResource' in parent)) { parent.Resource = READ_A.Resource; } else { delete parent[last]; }
      properties.Policy = JSON.stringify(document);
    }),
    leaves: { errors: 'it depends on what is written' },
  },
  {
    says: /Use characters up to U\+00FF only, without control characters\./,
    follow: (app, finding) => editingPods(app, finding, (properties) => {
      properties.Policy = JSON.stringify(properties.Policy).replace(/[^\t\n\r -\u00FF]/gu, 'x').replace(/^"|"$/g, '').replace(/\\"/g, '"');
    }),
    leaves: { losses: 'what has such a character cannot be had', errors: 'it depends on what is written' },
  },
  {
    says: /Set disableSessionTags to true \(PodIdentityAssociation does so itself\), or remove the session policy\.|Set DisableSessionTags to true, or remove the session policy\./,
    follow: (app, finding) => editingPods(app, finding, (properties) => { properties.DisableSessionTags = true; }),
  },
  // ---- SessionTagDependency ----
  {
    says: /In the session policy, write the values of the tags, such as '[^']*' instead of \$\{aws:PrincipalTag\/kubernetes-namespace\}: the policy applies only to service account '([^']*)' in namespace '([^']*)'\. Remove what depends on the name or UID of a pod\./,
    follow: (app, finding, [, serviceAccount, namespace]) => {
      const text = JSON.stringify(sessionOf(finding)).replace(/\$\{aws:PrincipalTag\/kubernetes-namespace\}/gi, namespace)
        .replace(/\$\{aws:PrincipalTag\/kubernetes-service-account\}/gi, serviceAccount)
        .replace(/\$\{aws:PrincipalTag\/eks-cluster-name\}/gi, String(finding.association.clusterName));
      return app.edited(withSession(finding, JSON.parse(text).map(withoutTags)));
    },
    leaves: { errors: 'the role may not have what the statement allows then', losses: 'without tags, the pods had nothing by it' },
  },
  {
    says: /In the roles, remove the conditions on these tags, and limit each association by its session policy\./,
    follow: (app) => app.edited((stacks) => stacks.forEach(({ template }) => {
      const visit = (value: any): void => {
        if (typeof value !== 'object' || value === null) { return; }
        if (value.Effect && value.Condition) { Object.assign(value, { Condition: withoutTags(value).Condition }); }
        Object.values(value).forEach(visit);
      };
      visit(template.Resources);
    })),
    leaves: { errors: 'the session policy may not narrow the role that is left' },
  },
  {
    says: /Or keep the tags: (remove the session policy)?(?:, and )?(do not set [dD]isableSessionTags to true)?\./,
    follow: (app, finding) => editingPods(app, finding, (properties) => {
      delete properties.Policy;
      delete properties.DisableSessionTags;
    }),
  },
  // ---- Names, duplicates ----
  // ---- AgentMissing, FargateOnlyCluster ----
  {
    says: new RegExp(`Install the agent on (?:the cluster: PodIdentityAgent\\.ensureOn\\(cluster\\)|its other nodes: ${OTHER_NODES})\\.`
      + '|Add an AWS::EKS::Addon with AddonName eks-pod-identity-agent and the ClusterName of \\S+\\.'),
    follow: (app, finding) => addingToCluster(app, finding, 'AWS::EKS::Addon', { AddonName: 'eks-pod-identity-agent' }),
  },
  {
    says: /Run the pods on a node group or in Auto Mode, or use IAM roles for service accounts \(IRSA\), which work on Fargate\./,
    follow: (app, finding) => addingToCluster(app, finding, 'AWS::EKS::Nodegroup', {}),
    leaves: { errors: 'the new nodes have no agent' },
  },
  {
    says: /If (?:something else (?:installs the agent|adds nodes), such as another (?:app|template)|the pods run on the nodes of Auto Mode only), (?:acknowledge this rule with that reason|turn this rule off \(--severity \w+=off\))\./,
    follow: (app, { rule }) => app.without(rule),
  },
  {
    says: /Use the (namespace|service account) of the pods' manifests\./,
    follow: (app, finding) => editingPods(app, finding, (properties) => { properties[finding.property] = 'team-a'; }),
  },
  {
    says: /Remove one of the two, or give (\S+) another (?:serviceAccount or namespace|ServiceAccount or Namespace)\./,
    follow: (app, finding) => editingPods(app, finding, (properties) => { properties.ServiceAccount = 'another'; }),
  },
  {
    says: /Remove one of the two\. EKS creates the association of each entry of PodIdentityAssociations of the add-on \S+ itself\./,
    follow: (app, { association: { ref } }) => app.edited((stacks) => withoutAssociation(stacks, ref)),
  },
  {
    says: /Add ([A-Z]\w+(?:, [A-Z]\w+)*(?: and [A-Z]\w+)?)\./,
    rules: ['InvalidKubernetesName'],
    follow: (app, { association }, [, names]) => app.edited((stacks) => {
      const { stack } = association.ref;
      withResource(stacks, stack, 'MissingRole', { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [TRUST_EKS] } } });
      const values: Record<string, unknown> = { ClusterName: 'prod', Namespace: 'missing', ServiceAccount: 'missing', RoleArn: { 'Fn::GetAtt': ['MissingRole', 'Arn'] } };
      names.split(/, | and /).forEach((name) => withProperty(stacks, association.ref, placeOfProperty(association, name), values[name]));
    }),
    leaves: { losses: NO_PODS },
  },
  // ---- Roles ----
  {
    says: /Correct the JSON text of AssumeRolePolicyDocument, or write the document as an object\./,
    follow: (app, { association: { role } }) => app.edited((stacks) => {
      resourceIn(stacks, role.defined!).Properties.AssumeRolePolicyDocument = { Version: '2012-10-17', Statement: [TRUST_EKS] };
    }),
  },
  {
    says: /Remove the conditions on session tags from the trust policy, and let only those who may use the role pass it \(iam:PassRole\)\./,
    follow: (app, { association: { role } }) => app.edited((stacks) => {
      const { AssumeRolePolicyDocument: trust } = resourceIn(stacks, role.defined!).Properties;
      trust.Statement = trust.Statement.flatMap((one: Written) => {
        const without = withoutTags(one);
        return one.Effect === 'Deny' && without.Condition === undefined ? [] : [without];
      });
    }),
  },
  {
    says: /Add what EKS sends to the values of the condition, or give \S+ the role that was meant\./,
    follow: (app, { association: { role } }) => app.edited((stacks) => {
      const { AssumeRolePolicyDocument: trust } = resourceIn(stacks, role.defined!).Properties;
      for (const { Condition: tests } of trust.Statement) { // those of the association() of the inputs
        for (const keys of Object.values<any>(tests ?? {})) {
          for (const key of Object.keys(keys)) { keys[key] = [...[keys[key]].flat(), key.endsWith('namespace') ? 'ns' : 'sa']; }
        }
      }
    }),
  },
  {
    says: /Write the ARN of the cluster in the condition on aws:SourceArn: (\S+?)\.(?= |$)(?: Or give \S+ the role that was meant\.)?/,
    follow: (app, { association: { role } }, [, arn]) => editedTrust(app, role, (statements) => {
      const written = asTemplate({ arn }, role.defined!.stack).arn;
      return conditionsIn(statements, 'aws:SourceArn', () => written);
    }),
  },
  {
    says: new RegExp(`Remove the condition on (\\S+) from the statement for pods\\.eks\\.amazonaws\\.com\\.(?: To let only this cluster use the role, require what EKS sends: ${J}\\.)?`),
    follow: (app, { association: { role } }, [, key, narrower], json) => editedTrust(app, role, (statements) => (
      conditionsIn(statements, key, () => undefined).map((one) => (narrower === undefined ? one : {
        ...one, Condition: { ...one.Condition, ...asTemplate(json[Number(narrower)], role.defined!.stack) },
      })))),
  },
  {
    says: /Correct the condition on (\S+), or give \S+ the role that was meant\./,
    follow: (app, { association: { role } }, [, key]) => editedTrust(app, role, (statements) => conditionsIn(statements, key, () => undefined)),
  },
  {
    says: /Except from that Deny statement what EKS sends for \S+, or give the association another role\./,
    follow: (app, { association: { role } }) => editedTrust(app, role, (statements) => statements.filter(({ Effect }) => Effect !== 'Deny')),
  },
  {
    says: /Except the role \S+ from that Deny statement of the role \S+, or give \S+ another target role\./,
    follow: (app, { association: { targetRole } }) => editedTrust(app, targetRole!, (statements) => statements.filter(({ Effect }) => Effect !== 'Deny')),
  },
  {
    says: /Write account (\d+) in the condition on (\S+), or remove the condition\./,
    follow: (app, { association: { role } }, [, account, key]) => app.edited((stacks) => {
      const { AssumeRolePolicyDocument: trust } = resourceIn(stacks, role.defined!).Properties;
      const text = JSON.stringify(trust);
      const written = text.replace(new RegExp(`("${key}":[^}]*?)\\d{12}`, 'i'), (_, before: string) => before + account);
      resourceIn(stacks, role.defined!).Properties.AssumeRolePolicyDocument = JSON.parse(written);
    }),
  },
  {
    says: /Give the add-on a role of account (\d+)\. An add-on cannot have a target role\./,
    follow: (app, { association }, [, account]) => app.edited((stacks) => (
      withProperty(stacks, association.ref, placeOfProperty(association, 'RoleArn'), `arn:aws:iam::${account}:role/own`))),
    leaves: { losses: OTHER_ROLE },
  },
  {
    says: /Give the add-on \S+ a role of its own\./,
    follow: (app, { association }) => app.edited((stacks) => {
      const { defined } = association.role;
      withResource(stacks, association.ref.stack, 'RoleOfItsOwn', structuredClone(resourceIn(stacks, defined!)));
      withProperty(stacks, association.ref, placeOfProperty(association, 'RoleArn'), { 'Fn::GetAtt': ['RoleOfItsOwn', 'Arn'] });
    }),
  },
  {
    says: /An add-on cannot have a session policy. To use one, remove the entry from its PodIdentityAssociations, and create an association for the service account\./,
    follow: (app, { association: { ref, clusterName, namespace, serviceAccount } }) => app.edited((stacks) => {
      const [RoleArn, Policy] = [(ref.entry!.value as Written).RoleArn, JSON.stringify({ Version: '2012-10-17', Statement: [READ_A] })];
      withoutAssociation(stacks, ref);
      withResource(stacks, ref.stack, 'OfItsOwn', {
        Type: 'AWS::EKS::PodIdentityAssociation',
        Properties: { ClusterName: clusterName, Namespace: namespace, ServiceAccount: serviceAccount, RoleArn, Policy, DisableSessionTags: true },
      });
    }),
  },
  {
    says: /Give \S+ a target role of the partition (\S+), or correct the partition in the ARN\./,
    follow: (app, finding, [, partition]) => editingPods(app, finding, (properties) => {
      properties.TargetRoleArn = properties.TargetRoleArn.replace(/^arn:[^:]*/, `arn:${partition}`);
    }),
    leaves: { losses: NO_CREDENTIALS, errors: 'the role may lack what it needs there' },
  },
  {
    says: /Let associations with this target role share one role: the trust policy then has one statement with all their external IDs\./,
    follow: (app, { association: { targetRole } }) => app.edited((stacks) => {
      const { AssumeRolePolicyDocument: trust } = resourceIn(stacks, targetRole!.defined!).Properties;
      const resources = Object.values(stacks.find(({ id }) => id === targetRole!.defined!.stack.id)!.template.Resources!) as any[];
      const pods = resources.filter(({ Type, Properties }) => (
        Type === 'AWS::EKS::PodIdentityAssociation' && JSON.stringify(Properties.TargetRoleArn).includes(`"${targetRole!.defined!.logicalId}"`)));
      const [{ Properties: { RoleArn } }] = pods;
      pods.forEach(({ Properties }) => { Properties.RoleArn = RoleArn; });
      const isOf = (one: Written) => one.Condition?.StringEquals?.['sts:ExternalId'] !== undefined;
      const [first, ...others] = trust.Statement.filter(isOf).filter((one: Written) => [one.Action].flat().includes('sts:AssumeRole'));
      first.Condition.StringEquals['sts:ExternalId'] = [first, ...others].flatMap((one) => one.Condition.StringEquals['sts:ExternalId']);
      const roleOf = (one: Written) => JSON.stringify(one.Condition?.ArnEquals?.['aws:PrincipalArn']);
      const ofOthers = others.map(roleOf).filter((one: string | undefined) => one !== undefined && one !== roleOf(first)); // with their sts:TagSession
      const same = trust.Statement.filter((one: Written) => !others.includes(one) && !ofOthers.includes(roleOf(one)));
      trust.Statement = same.filter((one: Written, i: number) => (
        i === same.findIndex((other: Written) => JSON.stringify({ ...other, Principal: 0 }) === JSON.stringify({ ...one, Principal: 0 }))));
    }),
  },
  {
    says: /Remove statements that the role does not need, or join statements that differ only in their principals\./,
    follow: (app, { association: { role } }) => app.edited((stacks) => {
      resourceIn(stacks, role.defined!).Properties.AssumeRolePolicyDocument = { Version: '2012-10-17', Statement: [TRUST_EKS] };
    }),
  },
  {
    says: /Or raise the quota, and (?:acknowledge this rule with that reason|turn this rule off \(--severity \w+=off\))\./,
    follow: (app, { rule }) => app.without(rule),
  },
  {
    says: /Grant with wildcards instead of many single resources, move statements to managed policies(?: \(iam\.ManagedPolicy\))?, or use several roles\./,
    follow: (app, { association }) => app.edited((stacks) => {
      const { defined } = narrowedRole(association);
      const { Properties } = resourceIn(stacks, defined!);
      Properties.Policies.forEach(({ PolicyDocument }: Written, i: number) => withResource(stacks, defined!.stack, `Managed${i}`, {
        Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument, Roles: [{ Ref: defined!.logicalId }] },
      }));
      delete Properties.Policies;
    }),
  },
  {
    says: new RegExp(`(?:Use a PodIdentityRole, or add|Add) to the trust policy of the role \\S+ ${J}\\.`),
    rules: ['RoleTrustPolicy'],
    follow: (app, { association }, [, statement], json) => trusting(app, association.role, json[Number(statement)]),
  },
  {
    says: new RegExp(`(?:Give the role of the association a name \\([rR]oleName\\), and add|Add) to the trust policy of the role \\S+ ${J}(?: and ${J})?\\.(?: Write the ARN as text, because a reference would make the stacks depend on each other\\.)?`),
    rules: ['TargetRoleTrustPolicy'],
    follow: (app, { association: { role, targetRole } }, [said, ...places], json) => {
      const statements = places.filter((place) => place !== undefined).map((place) => json[Number(place)]);
      const trustingAll = (to: AppUnderFix, change: (one: Written) => Written) => statements.reduce<AppUnderFix | undefined>(
        (changed, one) => changed && trusting(changed, targetRole!, change(one)), to);
      if (!said.startsWith('Give')) { return trustingAll(app, (one) => one); }
      const name = `pods-of-${role.defined!.stack.id.toLowerCase()}`;
      const named = app.edited((stacks) => { resourceIn(stacks, role.defined!).Properties.RoleName = name; });
      return trustingAll(named, (one) => JSON.parse(JSON.stringify(one).replace(':role/NAME"', `:role/${name}"`)));
    },
  },
  {
    says: new RegExp(`Add to the ((?:policies|permissions boundary)(?: and to the permissions boundary)?) of the role \\S+ ${J}\\. (?:A PodIdentityAssociation without role creates a role that has this statement\\.|If the trust policy of the target role refers to this role, put this statement in a separate AWS::IAM::Policy\\. Otherwise, the roles would depend on each other\\.)( Give the role \\S+ another permissions boundary, because AWS maintains this one\\. It has to allow that, too\\.)?`),
    follow: (app, finding, [, places, statement, more = ''], json) => (
      allowing(app, finding, [json[Number(statement)]], places.replace('policies', 'in the role') + more, finding.association.role)),
  },
  {
    says: new RegExp(`Give the role \\S+ another permissions boundary, because AWS maintains this one\\. It has to allow ${J}\\.`),
    follow: (app, finding, [, statement], json) => (
      allowing(app, finding, [json[Number(statement)]], 'another permissions boundary', finding.association.role)),
  },
  {
    says: new RegExp('Except the target role from (.*?): what it denies, no other statement can allow\\.'),
    follow: (app, _finding, [, named]) => withoutDenies(app, named),
  },
  {
    says: /Give \S+ a role of account (\d+), and set (?:targetRole|TargetRoleArn) to the role (\S+): EKS then assumes the target role for the pods\. The target role must trust the role of the association for sts:AssumeRole and sts:TagSession\./,
    follow: (app, finding, [, account]) => editingPods(app, finding, (properties) => {
      properties.TargetRoleArn = properties.RoleArn;
      properties.RoleArn = `arn:aws:iam::${account}:role/first`;
    }),
    leaves: { losses: OTHER_ROLE },
  },
  {
    says: /Give (\S+) a session policy(?: \(a SessionPolicy without statements is not deployed: grant something, or add statements\))?, or a role of its own\./,
    follow: (app, finding) => app.edited((stacks) => {
      withSession(finding, [READ_A])(stacks);
      resourceIn(stacks, finding.association.ref).Properties.DisableSessionTags = true;
    }),
    leaves: { losses: CHOICE, errors: 'it depends on what the reader allows' },
  },
  // ---- SessionPolicyEscape ----
  {
    says: /In Resource, list the roles and policies that the pods need, without the role [^⟦]*?\./,
    rules: ['SessionPolicyEscape'],
    follow: (app, finding) => app.edited(withSession(finding, sessionOf(finding).map((one) => (
      one.Effect === 'Allow' && /iam:|sts:|eks:|"\*"/.test(JSON.stringify(one)) ? { ...one, Resource: 'arn:aws:iam::111122223333:role/team/one' } : one)))),
    leaves: { losses: CHOICE, errors: 'the role may not have it there' },
  },
  {
    says: new RegExp(`Or add to the session policy ${J}\\.`),
    follow: (app, finding, [, deny], json) => adding(app, finding, [json[Number(deny)]]),
    leaves: { losses: 'it takes the ways out, which is its purpose' },
  },
  // ---- What the reference has ----
  {
    says: /Add ('.*?'(?:, '.*?')*) to the resources\./,
    follow: (app, finding, [, resources]) => changing(app, finding, (one) => (
      { ...one, Resource: [...[one.Resource].flat(), ...resources.slice(1, -1).split("', '")] })),
    leaves: { finding: 'other actions of the statement may apply to none, too' },
  },
  {
    says: /Give (\S+(?:, \S+)*) a statement with "Resource":"\*"\./,
    follow: (app, finding, [, actions]) => changing(app, finding, (one) => moved(one, actions.split(', '), '*')),
    leaves: { finding: 'other actions of the statement may apply to none, too' },
  },
  {
    says: /List a resource that (.*?) (?:are|is) authorized on\./,
    follow: (app, finding, [, actions]) => changing(app, finding, (one) => moved(one, actions.replace(/, \d+ more$/, '').split(', '), '*')),
    leaves: { errors: 'the role may not have it there', finding: 'other actions of the statement may apply to none, too' },
  },
  {
    says: /Or remove what the pods do not need\./,
    follow: (app, finding) => {
      const actions = /AWS authorizes (.*?) on, only/.exec(finding.message)![1].replace(/, \d+ more$/, '').split(', ');
      const left = moved(sessionOf(finding)[namedIn(finding)], actions);
      return left.length > 0 || sessionOf(finding).length > 1 ? changing(app, finding, () => left) : undefined; // they need all of it
    },
    leaves: { finding: 'it names three actions only' },
  },
  {
    says: /Write (.*?), if that is what you mean\. If AWS has added \S+(?: of them)? since then, (?:acknowledge this rule with that reason|turn this rule off \(--severity \w+=off\))\./,
    follow: (app, finding, [, meant]) => changing(app, finding, (one) => {
      const key = /tests (\S+) \(/.exec(finding.message)?.[1];
      const names = key === undefined ? meant.split(', ').map((pair) => pair.split(' instead of ')) : [[meant, key]];
      return names.reduce((statement, [by, old]) => JSON.parse(JSON.stringify(statement).replaceAll(`"${old}"`, `"${by}"`)), one);
    }),
    leaves: { errors: 'the role may not have what was meant', losses: 'no request has what is written' },
  },
  {
    says: /Look the (?:name|key) up at \S+, and correct or remove it\. If AWS has added \S+(?: of them)? since then, (?:acknowledge this rule with that reason|turn this rule off \(--severity \w+=off\))\./,
    follow: (app, { rule }) => app.without(rule),
  },
  {
    says: /Remove the condition here\. If you need it for (.*?), move it to a separate statement\./,
    follow: (app, finding) => {
      const key = /tests (\S+) \(/.exec(finding.message)![1];
      return changing(app, finding, (one) => withoutKey(one, (name) => name === key));
    },
    leaves: { errors: 'the role may not have what the statement allows then' },
  },
  {
    says: /Write ('[^']*' instead of '[^']*'(?:, '[^']*' instead of '[^']*')*)\./,
    rules: ['ActionResourceMismatch'],
    follow: (app, finding, [, pairs]) => changing(app, finding, (one) => (
      [...pairs.matchAll(/'([^']*)' instead of '([^']*)'/g)].reduce(
        (statement, [, meant, source]) => JSON.parse(JSON.stringify(statement).replaceAll(JSON.stringify(source), JSON.stringify(meant))), one))),
    leaves: { losses: 'no resource has the ARN that is lost', errors: 'the role may not have it there' },
  },
  {
    says: /Write the value: the session policy applies to the pods of one service account\. Or remove what needs the key\./,
    follow: (app, finding) => changing(app, finding, (one) => {
      const text = JSON.stringify({ ...one, Condition: undefined }).replace(/\$\{aws:[^}]*\}/g, 'a');
      return JSON.parse(text);
    }),
    leaves: { errors: 'the role may not have what the statement allows then', losses: 'what denied nothing may deny then' },
  },
  // ---- NarrowingUndetermined: what resolves each reason ----
  ...[
    'Define the role in the app, declare its policies with RolePermissions, or acknowledge the finding with the reason why the session policy is right',
    'Define the policy in the app, give its document with RolePermissions, or acknowledge the finding with the reason why the session policy is right',
    'Give the template that defines the (?:role|policy), or a snapshot of what (?:it|the role) has \\(--roles\\), or turn the rule off if the session policy is known to be right \\(--severity NarrowingUndetermined=off\\)',
    'Acknowledge the finding with the reason why the session policy is right',
    'Define the nested stack in the app, or acknowledge the finding with the reason why the session policy is right',
    'Give the template of the nested stack as a local file \\(TemplateURL: ./child.yaml\\), or turn the rule off if the session policy is known to be right \\(--severity NarrowingUndetermined=off\\)',
    'Check the processed template \\(`aws cloudformation get-template --template-stage Processed`\\), or turn the rule off if the session policy is known to be right \\(--severity NarrowingUndetermined=off\\)',
    'Turn the rule off if the session policy is known to be right \\(--severity NarrowingUndetermined=off\\)',
  ].map((text): Advice => ({ says: new RegExp(`${text}\\.`), follow: (app, { rule }) => app.without(rule) })),
  {
    says: /(?:Give the stack an explicit env|Give the account and the region \(--account, --region\)), or name the resource in the session policy and in the role in the same way\./,
    follow: (app, finding) => app.edited((stacks) => stacks.forEach((stack) => {
      if (stack.id !== finding.association.ref.stack.id) { return; }
      Object.assign(stack, { account: stack.account ?? '111122223333', region: stack.region ?? 'eu-west-1' });
    })),
    leaves: { finding: 'another value may be in doubt, too' },
  },
  ...[
    'Name the resource in the session policy and in the role in the same way',
    'Repeat the conditions of that statement in the session policy',
    'Leave that action or resource out of the session policy, or allow it in the role',
    'Name in the session policy only what these statements name',
    'Name in the session policy only what that statement leaves alone, or repeat the deny statement in the session policy',
    'Allow \\S+ on the same resources in the role, or remove it from the session policy',
    'Correct the name, or allow the action in the role, too',
    'Limit the key of the variable by a condition of the session policy, or write the same variable in both policies',
  ].map((text): Advice => ({
    says: new RegExp(`${text}\\.`),
    follow: (app, finding) => allowing(app, finding, allowsOf(finding), 'in the role'),
    leaves: { finding: 'a Deny statement, a boundary or another value may leave a doubt' },
  })),
  {
    says: /Correct the JSON text of the policy, or write it as an object\./,
    rules: ['NarrowingUndetermined'],
    follow: (app, finding) => withDocuments(app, (document) => (
      typeof document === 'string' && !isJson(document) ? { Version: '2012-10-17', Statement: allowsOf(finding) } : document)),
  },
  ...[
    'Write that part of the policy as literal text', 'Attach the policy unconditionally', 'Fix that template: it may attach policies to any role',
    'Attach that policy to the role itself, or to one with a literal name', 'Give what the role has once',
    'Split the session policy, or write broader patterns in it', 'Define the role in the app, or import it with its ARN written out',
    'Define the role in the given templates, or write its ARN out', 'Read it with credentials that are allowed to: .*?',
  ].map((text): Advice => ({
    says: new RegExp(`${text}\\.`),
    follow: (app, finding) => app.edited((stacks) => {
      const { defined } = narrowedRole(finding.association);
      if (!defined) { return; }
      const { Properties } = resourceIn(stacks, defined);
      Properties.Policies = [{ PolicyName: 'Known', PolicyDocument: { Version: '2012-10-17', Statement: allowsOf(finding) } }];
    }),
    leaves: { finding: 'it depends on what cannot be read', losses: 'it depends on what cannot be read', errors: 'it depends on what cannot be read' },
  })),
];

/** The statement without these actions; with them in a statement of their own if there is a resource for it. */
function moved(one: Written, actions: readonly string[], Resource?: string): Written[] {
  const left = [one.Action].flat().filter((action) => !actions.includes(action));
  return [
    ...left.length > 0 ? [{ ...one, Action: left }] : [],
    ...Resource === undefined ? [] : [{ ...one, Sid: undefined, Action: actions, Resource }],
  ];
}

function withoutKey(one: Written, isOut: (key: string) => boolean): Written {
  const kept = Object.entries(one.Condition as Record<string, object>).flatMap(([operator, keys]) => {
    const left = Object.entries(keys).filter(([key]) => !isOut(key));
    return left.length > 0 ? [[operator, Object.fromEntries(left)]] : [];
  });
  return { ...one, Condition: kept.length > 0 ? Object.fromEntries(kept) : undefined };
}

/** The statement without conditions on session tags, and without resources that have them. */
function withoutTags(one: Written): Written {
  const isTag = (key: string) => /(?:principaltag|requesttag)\/(?:eks|kubernetes)-/i.test(key);
  return one.Condition ? withoutKey(one, isTag) : one;
}
