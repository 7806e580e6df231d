import { CheckContext } from './check-context';
import { CheckSettings, DEFAULT_SETTINGS } from './settings';
import { Assumptions } from '../template/assumptions';
import { Evaluator } from '../template/evaluator';
import { PermissionsDeclaration } from '../template/known-permissions';
import { TemplateSet } from '../template/template-set';

/** What the checks know of an app in each case of its conditions. Each is made once, when it is first asked for. */
export class CheckContexts {
  private readonly contexts = new Map<string, CheckContext>();

  public constructor(
    private readonly templates: TemplateSet,
    private readonly declarations: readonly PermissionsDeclaration[] = [],
    private readonly settings: CheckSettings = DEFAULT_SETTINGS,
  ) {}

  public in(assumptions: Assumptions): CheckContext {
    const { key } = assumptions;
    const known = this.contexts.get(key) ?? new CheckContext(new Evaluator(this.templates, assumptions), this.declarations, this.settings);
    this.contexts.set(key, known);
    return known;
  }
}
