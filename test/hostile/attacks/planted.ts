/** An association with a finding, which stands beside the hostile input and has to be reported. */
import { association, role } from '../../cli/templates';

/** What is in the text of the finding: the name of a namespace that Kubernetes does not accept. */
export const PLANTED = 'Planted_Name';

export const PLANTED_TEMPLATE = JSON.stringify({
  Resources: { Role: role('s3:*'), Planted: association('s3:GetObject', { Namespace: PLANTED }) },
});
