/** Everything that the constructs use and that needs the engine. `index.ts` loads it. */
export { conflictingResources } from '../role-permissions/conflicts';
export { organizationLayers } from '../organization-policies/organization-layers';
export { readLevel } from '../organization-policies/read-level';
export { readSnapshot } from '../role-permissions/snapshot';
export { ALL_RULES, rulesOffUnder, runRules, runTemplateRules } from '../rules/run-rules';
export { checkDocument, checkStatements } from '../session-policy/check-statements';
export { compactedLength, compactFor, lengthOfRendered } from '../session-policy/compact-for';
export { LIST_VALUED, minimize } from '../session-policy/minimize';
export { renderedLength } from '../session-policy/size';
export { readPods } from '../validation/pods';
export { missingContextOf, readTemplates } from '../validation/read-templates';
export { forgetRoles, readRole, resourceOfAssociation } from '../validation/role-in-constructs';
export { unusedAcknowledgements } from '../validation/unused-acknowledgements';
export { violationsOf } from '../validation/violations';
