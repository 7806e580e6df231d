import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct, IConstruct } from 'constructs';
import {
  FindingSeverity, PodIdentityAssociation, PodIdentityRole, PodIdentityValidation, PodIdentityValidationProps,
  SessionPolicy,
} from '../../lib';
import { synthesize } from '../synthesize';

const EXCEEDS = 'PodIdentity::SessionPolicyExceedsRole';
const reason = 'The bucket policy allows it';

let app: App;
let stack: Stack;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

/** An association whose session policy is inside of its role, or reaches past it. */
function associate(scope: Construct, id: string, exceeds = false, role?: iam.IRole): PodIdentityAssociation {
  const own = new PodIdentityRole(scope, `${id}Role`);
  own.addToPolicy(new iam.PolicyStatement({ actions: ['s3:Get*'], resources: ['arn:aws:s3:::data/*'] }));
  const actions = ['s3:GetObject', ...(exceeds ? ['s3:PutObject'] : [])];
  return new PodIdentityAssociation(scope, id, {
    cluster: eks.Cluster.fromClusterAttributes(scope, `${id}Cluster`, { clusterName: 'shop' }),
    namespace: id.toLowerCase().replace(/\W/g, '-'),
    serviceAccount: 'app',
    role: role ?? own,
    sessionPolicy: SessionPolicy.fromStatements(
      new iam.PolicyStatement({ actions, resources: ['arn:aws:s3:::data/a/*'] }),
    ),
  });
}

const acknowledge = (construct: IConstruct, id = EXCEEDS, why = reason) => (
  Validations.of(construct).acknowledge({ id, reason: why }));

/** The findings on acknowledgements: description, fix, and path. */
function unused(): string[][] {
  const { findings } = synthesize(app);
  return findings.filter(({ ruleName }) => ruleName === 'AcknowledgementHasNoEffect')
    .map(({ description, suggestedFix, violatingConstructs: [{ constructPath }] }) => (
      [description, suggestedFix, constructPath]));
}

describe('the id', () => {
  test.each<[string, string, string]>([
    ['a misspelt rule', 'PodIdentity::SessionPolicyExceedRole', "Write 'PodIdentity::SessionPolicyExceedsRole'."],
    ['another case', 'PodIdentity::sessionpolicyexceedsrole', "Write 'PodIdentity::SessionPolicyExceedsRole'."],
    ['a misspelt rule for one construct', 'PodIdentity::SessionPolicyExceedRole[Stack/Pods]',
      "Write 'PodIdentity::SessionPolicyExceedsRole'."],
    ['no plugin', 'SessionPolicyExceedsRole', "Write 'PodIdentity::SessionPolicyExceedsRole'."],
    ['a misspelt plugin', 'PodIdentities::SessionPolicyExceedsRole', "Write 'PodIdentity::SessionPolicyExceedsRole'."],
    ['the name of the class', 'PodIdentityValidation::SessionPolicyExceedsRole',
      "Write 'PodIdentity::SessionPolicyExceedsRole'."],
    ['the name of the package', 'cdk-eks-pod-identity::SessionPolicyExceedsRole',
      "Write 'PodIdentity::SessionPolicyExceedsRole'."],
  ])('%s', (_name, id, fix) => {
    acknowledge(associate(stack, 'Pods', true), id);
    const written = id.replace(/\[.*/, '');
    expect(unused()).toEqual([[
      expect.stringMatching(new RegExp(`^Stack/Pods acknowledges '${written}', .* It suppresses nothing\\.$`)),
      fix, 'Stack/Pods',
    ]]);
  });

  test('of no rule at all', () => {
    acknowledge(associate(stack, 'Pods'), 'PodIdentity::Everything');
    expect(unused()).toEqual([[
      "Stack/Pods acknowledges 'PodIdentity::Everything', but PodIdentity has no rule of that name. It suppresses nothing.",
      expect.stringContaining('UnscopedAssociation'), 'Stack/Pods',
    ]]);
  });

  test.each<[string, (scopes: { app: App; stack: Stack; pods: Construct }) => IConstruct, string, string]>([
    ['the app', (scopes) => scopes.app, 'The app', ''],
    ['the stack', (scopes) => scopes.stack, 'Stack', 'Stack'],
    ['a stage', () => new Stage(app, 'Stage'), 'Stage', 'Stage'],
  ])('is checked at %s, too', (_name, of, place, path) => {
    acknowledge(of({ app, stack, pods: associate(stack, 'Pods') }), 'PodIdentity::UnscopedAsociation');
    expect(unused()).toEqual([[
      expect.stringMatching(`^${place} acknowledges`), "Write 'PodIdentity::UnscopedAssociation'.", path,
    ]]);
  });

  test.each<[string, string]>([
    ['a rule of another plugin', 'OtherPlugin::SessionPolicyExceedRole'],
    ['an annotation of that name, where the rule finds nothing', 'SessionPolicyExceedsRole'],
    ['another annotation', '@aws-cdk/aws-iam:policy'],
    ['the rule itself', 'PodIdentity::AcknowledgementHasNoEffect'],
    ['checks that fail', 'PodIdentity::CheckFailed'],
    ['a rule that is off by default', 'PodIdentity::GuardrailLimitsSessionPolicy'],
  ])('%s', (_name, id) => {
    acknowledge(associate(stack, 'Pods'), id);
    expect(unused()).toEqual([]);
  });

  test('a rule of another plugin of the app that has the name of ours', () => {
    Validations.of(app).addPlugins({ name: 'Other', validate: () => ({ success: true, violations: [] }) });
    acknowledge(associate(stack, 'Pods', true), 'Other::SessionPolicyExceedsRole');
    expect(unused()).toEqual([]);
  });
});

describe('a rule that finds nothing', () => {
  test('at the association', () => {
    acknowledge(associate(stack, 'Pods'));
    const { failed, findings: [finding, ...others] } = synthesize(app);
    expect(failed).toBe(false);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      ruleName: 'AcknowledgementHasNoEffect',
      severity: 'warning',
      description: "Stack/Pods acknowledges 'PodIdentity::SessionPolicyExceedsRole', but the rule finds nothing there. "
        + 'The acknowledgement suppresses nothing now, and would hide what the rule finds there later.',
      suggestedFix: 'Remove the acknowledgement.',
      violatingConstructs: [{ constructPath: 'Stack/Pods' }],
    });
  });

  test('beside an association for which it does', () => {
    const pods = associate(stack, 'Pods', true);
    acknowledge(pods.role);
    expect(unused()).toEqual([[
      expect.stringMatching('^Stack/PodsRole acknowledges'),
      'Remove the acknowledgement, or move it to an association that the rule reports: Stack/Pods.', 'Stack/PodsRole',
    ]]);
  });

  test('under the name of another construct', () => {
    acknowledge(associate(stack, 'Pods', true), `${EXCEEDS}[Stack/Other]`);
    expect(unused()).toHaveLength(1);
  });

  test('at a construct of several associations', () => {
    const group = new Construct(stack, 'Group');
    associate(group, 'A');
    associate(group, 'B');
    acknowledge(group);
    expect(unused()).toHaveLength(1);
  });

  test('is reported once for the same code at several constructs', () => {
    ['A', 'B', 'C'].forEach((id) => acknowledge(associate(stack, id)));
    expect(unused()).toEqual([[
      expect.stringMatching('^Stack/A \\(and 2 others with the same reason\\) acknowledges'),
      'Remove the acknowledgement.', 'Stack/A',
    ]]);
  });

  test('is reported for each reason', () => {
    acknowledge(associate(stack, 'A'), EXCEEDS, 'One');
    acknowledge(associate(stack, 'B'), EXCEEDS, 'Other');
    expect(unused().map(([, , path]) => path)).toEqual(['Stack/A', 'Stack/B']);
  });
});

describe('an acknowledgement that has an effect, or may have one', () => {
  test.each<[string, () => void]>([
    ['at the association', () => acknowledge(associate(stack, 'Pods', true))],
    ['at its L1', () => acknowledge(associate(stack, 'Pods', true).node.defaultChild!)],
    ['under its own name', () => acknowledge(associate(stack, 'Pods', true), `${EXCEEDS}[Stack/Pods]`)],
    ['under its own name, with a space', () => {
      acknowledge(associate(stack, 'My Pods', true), `${EXCEEDS}[Stack/My Pods]`);
    }],
    ['at a construct of several associations, for one of them', () => {
      const group = new Construct(stack, 'Group');
      associate(group, 'A');
      associate(group, 'B', true);
      acknowledge(group);
    }],
    ['the same code, for one of several environments', () => {
      for (const [id, exceeds] of [['Dev', false], ['Prod', true]] as const) {
        acknowledge(associate(new Stack(new Stage(app, id), 'Inner'), 'Pods', exceeds));
      }
    }],
    ['at the app', () => {
      associate(stack, 'Pods');
      acknowledge(app);
    }],
    ['at a stack', () => {
      associate(stack, 'Pods');
      acknowledge(stack);
    }],
    ['at a nested stack', () => {
      const nested = new NestedStack(stack, 'Nested');
      associate(nested, 'Pods');
      acknowledge(nested);
    }],
    ['at a stage', () => {
      const stage = new Stage(app, 'Prod');
      associate(new Stack(stage, 'Inner'), 'Pods');
      acknowledge(stage);
    }],
    ['of a rule that is off', () => {
      withOptions({ severities: { SessionPolicyExceedsRole: FindingSeverity.OFF } });
      acknowledge(associate(stack, 'Pods', true));
    }],
    ['where it could not be told', () => {
      acknowledge(associate(stack, 'Pods', true, iam.Role.fromRoleName(stack, 'Theirs', 'theirs')));
      const other = associate(stack, 'Other', false, iam.Role.fromRoleName(stack, 'Theirs2', 'theirs'));
      acknowledge(other, EXCEEDS, 'other');
    }],
    ['while context is missing', () => {
      const known = new Stack(app, 'Known', { env: { account: '111122223333', region: 'us-east-1' } });
      ssm.StringParameter.valueFromLookup(known, '/x');
      acknowledge(associate(stack, 'Pods'));
    }],
    ['if the rule is off', () => {
      withOptions({ severities: { AcknowledgementHasNoEffect: FindingSeverity.OFF } });
      acknowledge(associate(stack, 'Pods'), 'PodIdentity::Nothing');
    }],
  ])('%s', (_name, make) => {
    make();
    expect(unused()).toEqual([]);
  });
});

const withOptions = (props: PodIdentityValidationProps) => (
  Validations.of(app).addPlugins(new PodIdentityValidation(props)));

test('it may be an error', () => {
  withOptions({ severities: { AcknowledgementHasNoEffect: FindingSeverity.ERROR } });
  acknowledge(associate(stack, 'Pods'));
  expect(synthesize(app).failed).toBe(true);
});

test('it is acknowledged itself', () => {
  const pods = associate(stack, 'Pods');
  acknowledge(pods);
  acknowledge(pods, 'PodIdentity::AcknowledgementHasNoEffect', 'Only production has the finding');
  expect(synthesize(app)).toMatchObject({ findings: [], failed: false });
});

test('in stacks of several environments, it is reported once', () => {
  for (const region of ['eu-west-1', 'us-east-1']) {
    const regional = new Stack(app, region, { env: { account: '111122223333', region } });
    acknowledge(associate(regional, 'Pods'), EXCEEDS, region);
  }
  acknowledge(app, 'PodIdentity::Nothing');
  expect(unused().map(([, , path]) => path)).toEqual(['', 'eu-west-1/Pods', 'us-east-1/Pods']);
});
