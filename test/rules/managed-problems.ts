import { association, stackOf } from './app';
import { CheckContext } from '../../lib/analysis/check-context';
import { Problem } from '../../lib/analysis/finding';
import { Rule } from '../../lib/rules/rule';
import { associationsIn } from '../../lib/template/associations';
import { Evaluator } from '../../lib/template/evaluator';
import { TemplateSet } from '../../lib/template/template-set';
import { managedPolicies } from '../managed-policies';

/** What a rule reports about each policy that AWS maintains, as a session policy on an unknown role. Policies without a problem are left out. */
export function managedProblems(rule: Rule): ReadonlyArray<{
  readonly name: string; readonly problems: readonly Problem[];
}> {
  return managedPolicies().flatMap(({ name, document }) => {
    const session = association([document.Statement].flat(), { RoleArn: 'arn:aws:iam::111122223333:role/platform' });
    const context = new CheckContext(new Evaluator(new TemplateSet([stackOf({ Pods: session })])));
    const [ref] = associationsIn(context.evaluator.templates);
    const problems = rule.check(context.association(ref), context);
    return problems.length > 0 ? [{ name, problems }] : [];
  });
}
