/** An app whose findings are fixed: its templates as they are deployed, and edits of copies of them. */
import { CheckContext } from '../../lib/analysis/check-context';
import { CheckContexts } from '../../lib/analysis/check-contexts';
import { Finding, RuleId } from '../../lib/analysis/finding';
import { Reader } from '../../lib/analysis/reader';
import { readSessionPolicy } from '../../lib/analysis/session-policy-reading';
import { CheckSettings, DEFAULT_SETTINGS } from '../../lib/analysis/settings';
import { statementAsJson } from '../../lib/engine';
import { runRules } from '../../lib/rules/run-rules';
import { AssociationRef, associationsIn, RoleRef } from '../../lib/template/associations';
import { Assumptions } from '../../lib/template/assumptions';
import { PermissionsDeclaration } from '../../lib/template/known-permissions';
import { ResourceRef, StackTemplate, TemplateResource, TemplateSet } from '../../lib/template/template-set';

/** A statement as JSON, with `${Bucket}` for a value of the template. */
export type Written = { readonly [element: string]: any };

/** Edits copies of the stacks. */
export type Edit = (stacks: readonly StackTemplate[]) => void;

/** The rules that are off by default are on, because their fixes have to be right, too. */
const ALL_ON: CheckSettings['severities'] = new Map([
  ['GuardrailLimitsSessionPolicy', 'warning'], ['RoleUsableByAnyAssociation', 'warning'],
]);

export class AppUnderFix {
  private readonly templates: TemplateSet;
  private readonly contexts: CheckContexts;
  private readonly settings: CheckSettings;

  public constructor(
    public readonly name: string, private readonly stacks: readonly StackTemplate[],
    private readonly declarations: readonly PermissionsDeclaration[] = [], reader: Reader = 'CDK app',
    severities: CheckSettings['severities'] = ALL_ON, private readonly organization?: CheckSettings['organization'],
  ) {
    this.templates = new TemplateSet(stacks);
    this.settings = { ...DEFAULT_SETTINGS, reader, severities, organization };
    this.contexts = new CheckContexts(this.templates, declarations, this.settings);
  }

  public findings(): Finding[] {
    return runRules(this.templates, { declarations: this.declarations, settings: this.settings }, this.contexts);
  }

  public edited(edit: Edit): AppUnderFix {
    const stacks = this.stacks.map((stack) => ({ ...stack, template: structuredClone(stack.template) }));
    edit(stacks);
    return new AppUnderFix(this.name, stacks, this.declarations, this.settings.reader, this.settings.severities,
      this.organization);
  }

  /** The app of somebody who turned the rule off. */
  public without(rule: RuleId): AppUnderFix {
    return new AppUnderFix(this.name, this.stacks, this.declarations, this.settings.reader,
      new Map([...this.settings.severities, [rule, 'off' as const]]), this.organization);
  }

  /** The app in an organization whose administrators exempt its roles, or in an account that the policies do not apply to. */
  public exempt(): AppUnderFix {
    return new AppUnderFix(this.name, this.stacks, this.declarations, this.settings.reader, this.settings.severities);
  }

  public declaring(declaration: PermissionsDeclaration): AppUnderFix {
    return new AppUnderFix(this.name, this.stacks, [...this.declarations, declaration], this.settings.reader,
      this.settings.severities, this.organization);
  }

  /** The associations, by their names. */
  public associations(): ReadonlyMap<string, AssociationRef> {
    return new Map(associationsIn(this.templates).map((ref) => [keyOf(ref), ref]));
  }

  public contextIn(assumptions: Assumptions): CheckContext {
    return this.contexts.in(assumptions);
  }
}

function keyOf({ stack, logicalId, entry }: AssociationRef): string {
  return `${stack.id} ${logicalId} ${entry?.at ?? ''}`;
}

export type EditableResource = TemplateResource & { Properties: Record<string, any> };

/** The resource in copies of the stacks. */
export function resourceIn(stacks: readonly StackTemplate[], ref: ResourceRef): EditableResource {
  const stack = stacks.find(({ id, file }) => id === ref.stack.id && file === ref.stack.file)!;
  return stack.template.Resources![ref.logicalId] as EditableResource;
}

/**
 * Writes a property of a resource; `undefined` removes it.
 * @param place below the properties, such as `PodIdentityAssociations.0.RoleArn`
 */
export function withProperty(
  stacks: readonly StackTemplate[], ref: ResourceRef, place: string, value: unknown,
): void {
  const steps = place.split('.');
  const last = steps.pop()!;
  const parent = steps.reduce<any>((of, step) => (of[step] ??= {}), resourceIn(stacks, ref).Properties);
  if (value !== undefined) {
    parent[last] = value;
  } else if (Array.isArray(parent)) {
    parent.splice(Number(last), 1);
  } else { delete parent[last]; }
}

/** Adds a resource to the stack. */
export function withResource(
  stacks: readonly StackTemplate[], stack: StackTemplate, logicalId: string, resource: TemplateResource,
): void {
  resourcesOf(stacks, stack)[logicalId] = resource;
}

/** Takes the association out of the app. */
export function withoutAssociation(stacks: readonly StackTemplate[], ref: AssociationRef): void {
  if (ref.entry) { withProperty(stacks, ref, ref.entry.at, undefined); return; }
  delete resourcesOf(stacks, ref.stack)[ref.logicalId];
}

function resourcesOf(stacks: readonly StackTemplate[], { id }: StackTemplate): Record<string, TemplateResource> {
  return stacks.find((one) => one.id === id)!.template.Resources as Record<string, TemplateResource>;
}

/** The statements of the session policy, in the case of the finding. */
export function sessionOf({ association }: Finding): Written[] {
  const reading = readSessionPolicy(association);
  const statements = reading?.kind === 'read' ? reading.read.policy.statements : [];
  return JSON.parse(JSON.stringify(statements.map(statementAsJson)));
}

/** Writes the session policy. */
export function withSession(finding: Finding, statements: readonly Written[]): Edit {
  return (stacks) => {
    const { Properties } = resourceIn(stacks, finding.association.ref);
    const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    Properties.Policy = asValue(text, finding.association.ref.stack);
  };
}

/** A value of a template for text that may have `${Bucket.Arn}` in it. Policy variables stay literal. */
export function asValue(text: string, { template }: StackTemplate): unknown {
  let refers = false;
  const written = text.replace(/\$\{([^}!]*)\}/g, (whole, name: string) => {
    const [id] = name.split('.');
    if (!id.startsWith('AWS::') && !(id in (template.Resources ?? {})) && !(id in (template.Parameters ?? {}))) {
      return `\${!${name}}`;
    }
    refers = true;
    return whole;
  });
  return refers ? { 'Fn::Sub': written } : text;
}

/** The statement with values of the template. */
export function asTemplate(json: unknown, stack: StackTemplate): any {
  if (typeof json === 'string') { return asValue(json, stack); }
  if (Array.isArray(json)) { return json.map((item) => asTemplate(item, stack)); }
  if (typeof json !== 'object' || json === null) { return json; }
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, asTemplate(value, stack)]));
}

/** Gives a role of the app a policy; `undefined` if the app does not define it. */
export function withRolePolicy({ defined }: RoleRef, statement: Written): Edit | undefined {
  return defined && ((stacks) => {
    const stack = stacks.find(({ id }) => id === defined.stack.id)!;
    (stack.template.Resources as Record<string, TemplateResource>).AddedPolicy = {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'added',
        PolicyDocument: { Version: '2012-10-17', Statement: [asTemplate(statement, stack)] },
        Roles: [{ Ref: defined.logicalId }],
      },
    };
  });
}
