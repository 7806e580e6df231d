/**
 * The macros that a template names, in its `Transform` section or as `Fn::Transform` inside of it. CloudFormation runs them when it
 * deploys the template, so nobody else knows what they make.
 *
 * Invariant: a transform counts as harmless only if AWS documents that it changes neither associations nor the permissions of roles
 * that the template writes out itself. What AWS::Serverless makes is in `unexamined-parts.ts`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-reference.html
 */
import { memberOf } from '../util/records';

export const TRANSFORM = 'Fn::Transform';

/** A macro, or the inclusion of a file. */
export interface Macro {
  readonly kind: 'macro' | 'include';
  /** Names it in a sentence. */
  readonly name: string;
}

/**
 * `AWS::LanguageExtensions` is what `for-each.ts` and `intrinsics/` do. `AWS::SecretsManager` adds a rotation function with a role of
 * its own, `AWS::CodeDeployBlueGreen` deployments of ECS, and `AWS::ServiceCatalog` replaces references to outputs.
 */
const HARMLESS = /^AWS::(LanguageExtensions|Serverless-2016-10-31|SecretsManager-\d{4}-\d\d-\d\d|CodeDeployBlueGreen|ServiceCatalog)$/;

/** The macros of a `Transform` section or of an `Fn::Transform`: a name, an object with a name, or a list of them. */
export function macrosIn(written: unknown): Macro[] {
  return [written].flat().flatMap((one): Macro[] => {
    const name = typeof one === 'string' ? one : memberOf(one, 'Name');
    if (one === undefined || (typeof name === 'string' && HARMLESS.test(name))) { return []; }
    if (name !== 'AWS::Include') { return [{ kind: 'macro', name: typeof name === 'string' ? `the macro ${name}` : 'a macro whose name could not be read' }]; }
    const location = memberOf(memberOf(one, 'Parameters'), 'Location');
    return [{ kind: 'include', name: typeof location === 'string' ? `what AWS::Include reads from ${location}` : 'what AWS::Include reads' }];
  });
}
