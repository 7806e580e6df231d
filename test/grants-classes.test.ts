/** `bucket.grants.read(pods)` and `BucketGrants.fromBucket(bucket).read(pods)` do for an association what `bucket.grantRead(pods)` does. */
import * as fs from 'fs';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { GrantsTo, PodIdentityAssociation, PodIdentityRole } from '../lib';
import { GRANTS_OF_CLASSES, GRANTS_OF_NOTHING, GRANTS_TO_NOBODY } from './grants-classes';
import { synthesize } from './synthesize';

// CDK warns of its own deprecated calls, once each.
process.env.JSII_DEPRECATED = 'quiet';

const CDK = path.dirname(require.resolve('aws-cdk-lib/package.json'));

/** The methods of the grants classes that the modules of the CDK export. */
function methodsOfCdk(): string[] {
  return fs.readdirSync(CDK).filter((module) => module.startsWith('aws-')).flatMap((module) => {
    const lib = path.join(CDK, module, 'lib');
    const files = fs.existsSync(lib) ? fs.readdirSync(lib).filter((file) => GRANTS_FILE.test(file)) : [];
    return files.flatMap((file) => {
      const [, ...classes] = fs.readFileSync(path.join(lib, file), 'utf-8').split('export declare class ');
      return classes.flatMap((text) => {
        const [name] = /^\w+/.exec(text)!;
        if (!name.endsWith('Grants') || !(name in jest.requireActual(`aws-cdk-lib/${module}`))) { return []; }
        return [...text.matchAll(METHOD)].map(([, method]) => `${module}.${name}.${method}`);
      });
    });
  });
}

const GRANTS_FILE = /grants(\.generated)?\.d\.ts$/;
const METHOD = /^ {4}(\w+)\(.*\): (?:(?:iam\.)?Grant|void);$/gm;

const { version } = jest.requireActual('aws-cdk-lib/package.json');
const FLOOR = jest.requireActual('../package.json').devDependencies['aws-cdk-lib'];

// A newer CDK may have classes that the table cannot use: it is compiled with the oldest.
if (version === FLOOR) {
  test('the table has every method of every grants class', () => {
    const names = GRANTS_OF_CLASSES.map(({ name }) => name.replace(/ .*(?=\.)/, ''));
    const inTable = [...new Set([...names, ...GRANTS_TO_NOBODY])];
    expect(inTable.sort()).toEqual(methodsOfCdk().sort());
    expect(inTable.length).toBeGreaterThan(70);
  });
}

function granting(grant: (scope: Stack, grantee: iam.IGrantable) => void) {
  const stack = new Stack(new App(), 'Stack');
  const role = new PodIdentityRole(stack, 'Role');
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' });
  const pods = new PodIdentityAssociation(stack, 'Pods', { cluster, namespace: 'ns', serviceAccount: 'app', role });
  grant(stack, pods);
  return { policy: pods.sessionPolicy.toJSON(), roleWasGranted: role.node.tryFindChild('DefaultPolicy') !== undefined };
}

test.each(GRANTS_OF_CLASSES)('$name lands in the session policy, and the role gets nothing', ({ ofL2 }) => {
  expect(granting(ofL2)).toEqual({
    policy: { Version: '2012-10-17', Statement: expect.arrayContaining([expect.objectContaining({ Effect: 'Allow' })]) },
    roleWasGranted: false,
  });
});

test.each(GRANTS_OF_CLASSES.filter(({ older }) => older))('$name, as the older method does', ({ ofL2, older }) => {
  expect(granting(ofL2)).toEqual(granting(older!));
});

test.each(GRANTS_OF_CLASSES.filter(({ ofL1 }) => ofL1))('$name, from an L1 as from an L2', ({ ofL2, ofL1 }) => {
  expect(granting(ofL1!)).toEqual(granting(ofL2));
});

describe('a role that is granted the same', () => {
  let findings: ReadonlyMap<string, readonly string[]>;
  beforeAll(() => {
    const stack = new Stack(new App({ context: { '@aws-cdk/core:stackResourceLimit': 0 } }), 'Stack');
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' });
    GRANTS_OF_CLASSES.forEach(({ ofL2 }, i) => {
      const scope = new Construct(stack, `Grant${i}`);
      const role = new PodIdentityRole(scope, 'Role');
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['ec2:DescribeTags'], resources: ['*'] }));
      ofL2(scope, new PodIdentityAssociation(scope, 'Pods', {
        cluster, namespace: `ns-${i}`, serviceAccount: 'app', role, grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE,
      }));
    });
    const { findings: found } = synthesize(stack.node.root as App);
    findings = new Map(GRANTS_OF_CLASSES.map(({ name }, i) => [name, found
      .filter(({ violatingConstructs: [{ constructPath }] }) => constructPath.startsWith(`Stack/Grant${i}/`))
      .map(({ ruleName }) => ruleName)]));
    expect(found).toHaveLength([...findings.values()].flat().length);
  });

  const grantsOfSomething = GRANTS_OF_CLASSES.filter(({ name }) => !GRANTS_OF_NOTHING.includes(name));
  test.each(grantsOfSomething)('$name narrows it', ({ name }) => {
    expect(findings.get(name)).toEqual([]);
  });

  if (version === FLOOR) {
    test.each(GRANTS_OF_NOTHING)('%s grants nothing that AWS authorizes, and the check says so', (name) => {
      expect(findings.get(name)).toEqual(['ActionResourceMismatch']);
    });
  }
});
