/** Evaluates the pseudo parameters of a stack. */
import { symbolicString } from './symbolic-strings';
import { SymbolicString } from '../../engine';
import { usualLengthOfStackName } from '../generated-length';
import { StackTemplate, TemplateSet } from '../template-set';
import { ACCOUNT, ANY_TEXT, PARTITION, REGION, STACK_NAME, URL_SUFFIX } from '../value-kinds';

/**
 * Pseudo parameters are as concrete as the stack's environment. Stacks without one are assumed to be deployed to the same
 * account and region. The CDK assumes this, too, when it lets them refer to each other.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
export function pseudoParameter(name: string, stack: StackTemplate, templates?: TemplateSet): string | SymbolicString | undefined {
  switch (name) {
    case 'AWS::AccountId': return stack.account ?? symbolicString('AWS::AccountId', '${AWS::AccountId}', ACCOUNT);
    case 'AWS::Region': return stack.region ?? symbolicString('AWS::Region', '${AWS::Region}', REGION);
    case 'AWS::Partition': return partitionOf(stack.region) ?? symbolicString(`AWS::Partition ${stack.region ?? ''}`, '${AWS::Partition}', PARTITION);
    case 'AWS::URLSuffix': return symbolicString(`AWS::URLSuffix ${stack.region ?? ''}`, '${AWS::URLSuffix}', URL_SUFFIX);
    case 'AWS::StackName': return stack.name ?? symbolicString(`AWS::StackName ${stack.id}`, '${AWS::StackName}', {
      ...STACK_NAME, usual: templates && usualLengthOfStackName(stack, templates),
    });
    case 'AWS::StackId': return symbolicString(`AWS::StackId ${stack.id}`, '${AWS::StackId}', ANY_TEXT);
    default: return undefined;
  }
}

const PARTITIONS: ReadonlyArray<[RegExp, string]> = [
  [/^(us|eu|ap|ca|sa|af|me|il|mx)-(central|(north|south)?(east|west)?)-\d$/, 'aws'],
  [/^cn-/, 'aws-cn'],
  [/^us-gov-/, 'aws-us-gov'],
];

function partitionOf(region: string | undefined): string | undefined {
  return region === undefined ? undefined : PARTITIONS.find(([pattern]) => pattern.test(region))?.[1];
}
