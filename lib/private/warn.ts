import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Warns of an association at synth, once. The warning stands at its resource, so that it can be acknowledged at the association before
 * or after it is given: the CDK looks for earlier acknowledgments only above the construct that has the warning.
 */
export function warn(association: IConstruct, id: string, message: string): void {
  Validations.of(association.node.defaultChild ?? association).addWarning(`cdk-eks-pod-identity:${id}`, message);
}
