import {
  App, InjectionContext, IPropertyInjector, NestedStack, PropertyInjectors, Stack, Stage,
} from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import * as library from '../lib';
import { PodIdentityAgent, PodIdentityAssociation, PodIdentityRole, SessionPolicy } from '../lib';
import { associationsIn, sessionPolicyOf } from './templates';

const ROLE = 'AWS::IAM::Role';

/** Overrides some props, and keeps what it was asked for. */
class Injector implements IPropertyInjector {
  public readonly asked: Array<{ readonly props: any; readonly path: string }> = [];

  constructor(public readonly constructUniqueId: string, private readonly props: object) {}

  public inject(props: any, { scope, id }: InjectionContext): any {
    this.asked.push({ props, path: `${scope.node.path}/${id}` });
    return { ...props, ...this.props };
  }
}

const forAssociations = (props: object) => new Injector(PodIdentityAssociation.PROPERTY_INJECTION_ID, props);
const forRoles = (props: object) => new Injector(PodIdentityRole.PROPERTY_INJECTION_ID, props);

function make(scope: Construct, props: object = {}, Class = PodIdentityAssociation): PodIdentityAssociation {
  const cluster = eks.Cluster.fromClusterAttributes(scope, 'Cluster', { clusterName: 'prod' });
  return new Class(scope, 'Pods', { cluster, namespace: 'ns', serviceAccount: 'app', ...props });
}

function namespaceIn(stack: Stack): string {
  return associationsIn(Template.fromStack(stack).toJSON())[0].Namespace;
}

test('every construct has an id, like those of the CDK: package and class', () => {
  const constructs = Object.values<any>(library).filter((exported) => exported?.prototype instanceof Construct);
  expect(constructs.map(({ PROPERTY_INJECTION_ID: id }) => id).sort()).toEqual(
    constructs.map(({ name }) => `${jest.requireActual('../package.json').name}.${name}`).sort(),
  );
  expect(constructs).toHaveLength(3);
});

describe('an association', () => {
  /** Where the injector stands, and the scope that the association is made in. */
  const PLACES: { readonly [place: string]: (injector: Injector) => Stack } = {
    'props of the app': (injector) => new Stack(new App({ propertyInjectors: [injector] }), 'Stack'),
    'props of a stage': (injector) => {
      const stage = new Stage(new App(), 'Stage', { propertyInjectors: [injector] });
      return new Stack(stage, 'Stack');
    },
    'props of the stack': (injector) => new Stack(new App(), 'Stack', { propertyInjectors: [injector] }),
    'an injector that was added to the app later': (injector) => {
      const stack = new Stack(new App(), 'Stack');
      PropertyInjectors.of(stack.node.root).add(injector);
      return stack;
    },
    'an injector of a stack around a nested stack': (injector) => {
      const stack = new Stack(new App(), 'Stack', { propertyInjectors: [injector] });
      return new NestedStack(stack, 'Nested');
    },
    'an app that has injectors of other classes further in': (injector) => {
      const other = new Injector(s3.Bucket.PROPERTY_INJECTION_ID, {});
      const app = new App({ propertyInjectors: [injector] });
      return new Stack(app, 'Stack', { propertyInjectors: [other, forRoles({})] });
    },
  };

  test.each(Object.entries(PLACES))('%s: gets what the injector returns', (_place, stackWith) => {
    const injector = forAssociations({ namespace: 'injected' });
    const stack = stackWith(injector);
    expect(make(stack).namespace).toBe('injected');
    expect(namespaceIn(stack)).toBe('injected');
    expect(injector.asked).toEqual([
      { props: expect.objectContaining({ namespace: 'ns', serviceAccount: 'app' }), path: `${stack.node.path}/Pods` },
    ]);
  });

  test('the innermost injector decides alone', () => {
    const [outer, inner] = [forAssociations({ namespace: 'outer' }), forAssociations({ namespace: 'inner' })];
    const app = new App({ propertyInjectors: [outer] });
    const stack = new Stack(app, 'Stack', { propertyInjectors: [inner] });
    make(stack);
    expect(namespaceIn(stack)).toBe('inner');
    expect(outer.asked).toEqual([]);
  });

  test('a construct between the stack and the association may have one', () => {
    const stack = new Stack(new App(), 'Stack');
    const team = new Construct(stack, 'Team');
    PropertyInjectors.of(team).add(forAssociations({ namespace: 'team' }));
    make(team);
    make(new Construct(stack, 'OtherTeam'));
    const namespaces = associationsIn(Template.fromStack(stack).toJSON()).map(({ Namespace }) => Namespace);
    expect(namespaces.sort()).toEqual(['ns', 'team']);
  });

  test('of a class that extends it is one of them', () => {
    class TeamAssociation extends PodIdentityAssociation {}
    const stack = new Stack(new App(), 'Stack');
    PropertyInjectors.of(stack).add(forAssociations({ namespace: 'injected' }));
    expect(make(stack, {}, TeamAssociation).namespace).toBe('injected');
  });

  test('gets a session policy', () => {
    const sessionPolicy = SessionPolicy.allExcept({ actions: ['s3:DeleteObject*'] });
    const stack = new Stack(new App(), 'Stack', { propertyInjectors: [forAssociations({ sessionPolicy })] });
    new s3.Bucket(stack, 'Bucket').grantReadWrite(make(stack)); // goes to the role: the session policy starts from it
    const [association] = associationsIn(Template.fromStack(stack).toJSON());
    expect(sessionPolicyOf(association).Statement).toHaveLength(2);
    expect(association.DisableSessionTags).toBe(true);
  });

  test('injected props are checked as those that an author writes', () => {
    const stack = new Stack(new App(), 'Stack', { propertyInjectors: [forAssociations({ namespace: 'No' })] });
    expect(() => make(stack)).toThrow(/^Stack\/Pods: .*'No'/);
  });

  test('an injector that returns nothing is told so', () => {
    const injector: IPropertyInjector = {
      constructUniqueId: PodIdentityAssociation.PROPERTY_INJECTION_ID, inject: () => undefined,
    };
    const stack = new Stack(new App(), 'Stack', { propertyInjectors: [injector] });
    expect(() => make(stack)).toThrow(/^Stack\/Pods: there are no props/);
  });

  test('an imported one is not injected', () => {
    const injector = forAssociations({});
    const stack = new Stack(new App(), 'Stack', { propertyInjectors: [injector] });
    const arn = 'arn:aws:eks:us-east-1:111122223333:podidentityassociation/prod/a-1';
    PodIdentityAssociation.fromPodIdentityAssociationArn(stack, 'Imported', arn);
    expect(injector.asked).toEqual([]);
  });
});

describe('a role', () => {
  const boundaryIn = (stack: Stack) => Object.values(Template.fromStack(stack).findResources(ROLE))
    .map(({ Properties }) => Properties.PermissionsBoundary);
  const boundary = (stack: Construct, name: string) => iam.ManagedPolicy.fromManagedPolicyArn(
    stack, name, `arn:aws:iam::111122223333:policy/${name}`,
  );

  test('also one that an association creates', () => {
    const stack = new Stack(new App(), 'Stack');
    const injector = forRoles({ permissionsBoundary: boundary(stack, 'limit') });
    PropertyInjectors.of(stack).add(injector);
    new s3.Bucket(stack, 'Bucket').grantRead(make(stack));
    new PodIdentityRole(stack, 'Shared');
    expect(boundaryIn(stack)).toEqual(Array(2).fill('arn:aws:iam::111122223333:policy/limit'));
    expect(injector.asked).toEqual([{ props: {}, path: 'Stack/Pods/Role' }, { props: {}, path: 'Stack/Shared' }]);
  });

  test('its trust policy is not among the props', () => {
    const stack = new Stack(new App(), 'Stack', { propertyInjectors: [forRoles({ roleName: 'pods' })] });
    new PodIdentityRole(stack, 'Role');
    Template.fromStack(stack).hasResourceProperties(ROLE, {
      RoleName: 'pods', AssumeRolePolicyDocument: { Statement: [{ Action: ['sts:AssumeRole', 'sts:TagSession'] }] },
    });
  });

  test('an injector for every iam.Role is asked after it', () => {
    const stack = new Stack(new App(), 'Stack');
    const everyRole = new Injector(iam.Role.PROPERTY_INJECTION_ID, { permissionsBoundary: boundary(stack, 'every') });
    const podRoles = forRoles({ permissionsBoundary: boundary(stack, 'pods'), path: '/pods/' });
    PropertyInjectors.of(stack).add(everyRole, podRoles);
    new PodIdentityRole(stack, 'Role');
    new iam.Role(stack, 'Other', { assumedBy: new iam.AccountRootPrincipal() });
    expect(boundaryIn(stack)).toEqual(Array(2).fill('arn:aws:iam::111122223333:policy/every'));
    expect(everyRole.asked.map(({ props }) => props.path)).toEqual(['/pods/', undefined]);
  });
});

test.each<[string, (cluster: eks.ICluster) => void]>([
  ['an agent', (cluster) => new PodIdentityAgent(cluster.stack, 'Agent', { cluster })],
  ['an agent that a cluster has to have', (cluster) => PodIdentityAgent.ensureOn(cluster)],
])('%s', (_what, agentOn) => {
  const injector = new Injector(PodIdentityAgent.PROPERTY_INJECTION_ID, { addonVersion: 'v1.3.8-eksbuild.2' });
  const stack = new Stack(new App({ propertyInjectors: [injector] }), 'Stack');
  agentOn(eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }));
  Template.fromStack(stack).hasResourceProperties('AWS::EKS::Addon', { AddonVersion: 'v1.3.8-eksbuild.2' });
});

describe('it asks as the CDK asks for its own constructs', () => {
  const SCOPES = ['App', 'Stage', 'Stack', 'Team'] as const;
  type Scope = typeof SCOPES[number];
  const placesOf = (scopes: readonly Scope[]): Scope[][] => (scopes.length === 0
    ? [[]]
    : placesOf(scopes.slice(1)).flatMap((others) => [others, [scopes[0], ...others]]));

  test.each(placesOf(SCOPES).map((places) => ({ places })))('injectors at: $places', ({ places }) => {
    const app = new App();
    const stage = new Stage(app, 'Stage');
    const stack = new Stack(stage, 'Stack');
    const scopes = { App: app, Stage: stage, Stack: stack, Team: new Construct(stack, 'Team') };
    const asked: { [id: string]: string[] } = {
      [s3.Bucket.PROPERTY_INJECTION_ID]: [], [PodIdentityRole.PROPERTY_INJECTION_ID]: [],
    };
    for (const place of places) {
      PropertyInjectors.of(scopes[place]).add(...Object.keys(asked).map((constructUniqueId): IPropertyInjector => ({
        constructUniqueId,
        inject: (props, context) => {
          asked[constructUniqueId].push(`${place} for ${context.scope.node.path}`);
          return props;
        },
      })));
    }
    for (const scope of [scopes.Stack, scopes.Team]) {
      new s3.Bucket(scope, 'Bucket');
      new PodIdentityRole(scope, 'Role');
    }
    const [ofCdk, ofLibrary] = Object.values(asked);
    expect(ofLibrary).toEqual(ofCdk);
    const aroundStack = places.filter((place) => place !== 'Team');
    const forStack = aroundStack.length > 0 ? 1 : 0;
    expect(ofLibrary).toHaveLength(forStack + (places.length > 0 ? 1 : 0));
  });
});
