import { CheckContext } from './check-context';
import { CheckSettings, DEFAULT_SETTINGS } from './settings';
import { Assumptions } from '../template/assumptions';
import { Evaluator } from '../template/evaluator';
import { PermissionsDeclaration } from '../template/known-permissions';
import { TemplateSet } from '../template/template-set';
import { memoizeBy } from '../util/memo';

/** Maximum number of contexts in memory. Each has read all associations, and the cases of one association follow each other. */
const MAX_CONTEXTS = 100;

/** One context for each case of the conditions of an app. Each is made lazily, once. */
export class CheckContexts {
  public readonly in = memoizeBy((assumptions: Assumptions) => assumptions.key, (assumptions) => (
    new CheckContext(new Evaluator(this.templates, assumptions), this.declarations, this.settings)), MAX_CONTEXTS);

  public constructor(
    private readonly templates: TemplateSet,
    private readonly declarations: readonly PermissionsDeclaration[] = [],
    private readonly settings: CheckSettings = DEFAULT_SETTINGS,
  ) {}
}
