/**
 * Property injection for constructs outside of `aws-cdk-lib`. The decorator that the CDK's own constructs have is not a part of its public API; this asks the
 * public `PropertyInjectors` the same: the innermost scope with an injector for the class decides, and no other injector is called.
 *
 * See https://docs.aws.amazon.com/cdk/v2/guide/blueprints.html
 */
import { PropertyInjectors } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** What the constructor of a class works with, in place of the props that it was given. */
export function injectProps<Props>(uniqueId: string, props: Props, scope: Construct, id: string): Props {
  const injectors = scope.node.scopes.reverse()
    .map((above) => (PropertyInjectors.hasPropertyInjectors(above) ? PropertyInjectors.of(above).for(uniqueId) : undefined));
  const injector = injectors.find((found) => found !== undefined);
  return injector ? injector.inject(props, { scope, id }) : props;
}
