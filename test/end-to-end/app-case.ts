import { RuleId } from '../../lib/analysis/finding';
import { OrganizationLayers } from '../../lib/organization-policies/organization-layers';
import { PermissionsDeclaration } from '../../lib/template/known-permissions';
import { StackTemplate, Template, TemplateResource } from '../../lib/template/template-set';
import { allow, association } from '../rules/app';
import { stackOf } from '../template/make-stack';

/** A rule, and a part of what it says. */
export type Expected = readonly [rule: RuleId, message: string];

/** An app as it is deployed, and all that is to be found in it. */
export interface AppCase {
  readonly name: string;
  readonly stacks: readonly StackTemplate[];
  readonly expected: readonly Expected[];
  /** What is known beside the templates. */
  readonly declarations?: readonly PermissionsDeclaration[];
  /** The policies of the organization. */
  readonly organization?: OrganizationLayers;
  /** The rule that this app comes close to, and that has to be silent. */
  readonly silent?: RuleId;
}

export function app(
  name: string, stacks: readonly StackTemplate[], expected: readonly Expected[] = [], more: Partial<AppCase> = {},
): AppCase {
  return { name, stacks, expected, ...more };
}

export type Resources = NonNullable<Template['Resources']>;

/** An app of one stack without an environment. */
export function one(
  resources: Resources, sections: Omit<Template, 'Resources'> = {}, more: Partial<StackTemplate> = {},
): StackTemplate[] {
  return [stackOf('Stack', { Resources: resources, ...sections }, more)];
}

/** What the roles of these tables have. */
export const DATA = allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::data/*');
/** Inside of it. */
export const READ_A = allow('s3:GetObject', 'arn:aws:s3:::data/a/*');
/** Outside of it. */
export const DELETE_A = allow('s3:DeleteObject', 'arn:aws:s3:::data/a/*');
export const DELETE_EXCEEDS: Expected = ['SessionPolicyExceedsRole', 's3:DeleteObject on arn:aws:s3:::data/a/'];

/** Makes an app with this association in it; other properties than the usual ones can be given. */
type Make = (pods: (properties?: { readonly [name: string]: unknown }) => TemplateResource) => readonly StackTemplate[];

/** One app with a session policy inside of `DATA`, and one with one that reaches past it. */
export function bothWays(
  name: string, make: Make, declarations?: AppCase['declarations'], also: readonly Expected[] = [],
): AppCase[] {
  return [
    app(`${name}, narrowed`, make((properties) => association([READ_A], properties)), also, { declarations }),
    app(`${name}, exceeded`,
      make((properties) => association([READ_A, DELETE_A], properties)), [...also, DELETE_EXCEEDS], { declarations }),
  ];
}

/** What cannot be seen leaves the same doubt whatever the session policy. */
export function inDoubt(
  name: string, make: Make, message: string, declarations?: AppCase['declarations'], also: readonly Expected[] = [],
): AppCase[] {
  return [[READ_A], [READ_A, DELETE_A]].map((session) => app(
    `${name}, ${session.length === 1 ? 'narrowed perhaps' : 'exceeded perhaps'}`,
    make((properties) => association(session, properties)),
    [...also, ['NarrowingUndetermined', message]],
    { declarations },
  ));
}

/** What is not known of the resources leaves a doubt; what no statement allows on any resource is outside for certain. */
export function inDoubtOfResources(name: string, make: Make, message: string): AppCase[] {
  const [narrowed, exceeded] = bothWays(name, make);
  return [{ ...narrowed, expected: [['NarrowingUndetermined', message]] }, exceeded];
}

/** A policy of its own for the role `Role`, with the permissions of these tables. */
export function policyResource(
  type: 'Policy' | 'ManagedPolicy' | 'RolePolicy', properties: { readonly [name: string]: unknown },
  statements: readonly unknown[] = [DATA],
) {
  return {
    Type: `AWS::IAM::${type}`,
    Properties: {
      ...(type === 'ManagedPolicy' ? {} : { PolicyName: 'Access' }),
      PolicyDocument: { Version: '2012-10-17', Statement: statements },
      ...properties,
    },
  };
}

export const ref = (logicalId: string) => ({ Ref: logicalId });
export const sub = (text: string) => ({ 'Fn::Sub': text });
export const NO_VALUE = ref('AWS::NoValue');
