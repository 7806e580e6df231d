import * as fc from 'fast-check';
import { checkTemplates } from './check-templates';
import { HOSTILE, ODD_VALUES } from './hostile-templates';
import { StackTemplate } from '../../lib/template/template-set';
import { TABLES } from '../end-to-end/tables';
import { LONG_SEARCH, runs, SEED } from '../runs';

const RUNS = runs(60, 400);

jest.setTimeout(LONG_SEARCH);

test.each(HOSTILE)('%s', (_name, make) => {
  checkTemplates(make());
});

type Path = ReadonlyArray<string | number>;

/** Every place in a template, whose order does not depend on what has been changed elsewhere. */
function placesIn(value: unknown, at: Path = []): Path[] {
  const members = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return [at, ...members.flatMap((key) => placesIn((value as any)[key], [...at, key]))];
}

function valueAt(template: unknown, path: Path): unknown {
  return path.reduce((value, key) => (value as any)[key], template);
}

/** One change: an odd value in a place, a value of another place, another name, or nothing there. */
interface Change {
  readonly kind: 'odd' | 'other place' | 'wrapped' | 'renamed' | 'removed' | 'text';
  readonly where: number;
  readonly what: number;
}

const NAMES = [
  '__proto__', 'constructor', 'toString', 'Ref', 'Fn::If', 'Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Condition',
  'Statement', 'NotAction', '', '\uD800', 'Value', 'Roles',
];
const WRAPPERS: ReadonlyArray<(value: unknown) => unknown> = [
  (value) => [value], (value) => ({ Ref: value }), (value) => ({ 'Fn::GetAtt': value }),
  (value) => ({ 'Fn::Sub': value }), (value) => ({ 'Fn::Sub': ['${A}', { A: value }] }),
  (value) => ({ 'Fn::Join': ['', [value]] }), (value) => ({ 'Fn::Join': value }),
  (value) => ({ 'Fn::If': ['IsProd', value, { Ref: 'AWS::NoValue' }] }), (value) => ({ 'Fn::If': value }),
  (value) => ({ 'Fn::Select': [0, [value]] }), (value) => ({ 'Fn::Select': value }),
  (value) => ({ 'Fn::Split': [',', value] }), (value) => ({ 'Fn::ImportValue': value }),
  (value) => ({ 'Fn::FindInMap': value }), (value) => ({ 'Fn::ToJsonString': value }),
  (value) => ({ 'Fn::GetStackOutput': value }), (value) => JSON.stringify(value), (value) => ({ a: value, b: value }),
];

function changed(template: unknown, { kind, where, what }: Change): unknown {
  const copy = structuredClone(template);
  const places = placesIn(copy).slice(1);
  if (places.length === 0) { return copy; }
  const path = places[where % places.length];
  const key = path[path.length - 1];
  const parent = valueAt(copy, path.slice(0, -1)) as any;
  const value = parent[key];
  const set = (name: string | number, to: unknown) =>
    Object.defineProperty(parent, name, { value: to, enumerable: true, configurable: true, writable: true });
  switch (kind) {
    case 'odd': set(key, ODD_VALUES[what % ODD_VALUES.length]); break;
    case 'other place': set(key, structuredClone(valueAt(copy, places[what % places.length]))); break;
    case 'wrapped': set(key, WRAPPERS[what % WRAPPERS.length](value)); break;
    case 'text': {
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value); // an object may have a `toString` of its own
      const middle = what % (text.length + 1);
      set(key, text.slice(0, middle) + ['', '*', '${', '"', ':', '\uE000'][what % 6] + text.slice(middle));
      break;
    }
    case 'renamed':
      if (!Array.isArray(parent)) { delete parent[key]; set(NAMES[what % NAMES.length], value); }
      break;
    default: if (Array.isArray(parent)) { parent.splice(Number(key), 1); } else { delete parent[key]; }
  }
  return copy;
}

const CHANGES = fc.array(fc.record<Change>({
  kind: fc.constantFrom('odd', 'other place', 'wrapped', 'renamed', 'removed', 'text'), where: fc.nat(), what: fc.nat(),
}), { minLength: 1, maxLength: 6 });
const APPS = Object.values(TABLES).flat();

test('apps with a few changes', () => {
  fc.assert(fc.property(fc.constantFrom(...APPS), fc.nat(), CHANGES, ({ stacks, declarations }, which, changes) => {
    const at = which % stacks.length;
    const template = changes.reduce<unknown>(
      (before, change) => changed(before, change), stacks[at].template,
    ) as StackTemplate['template'];
    checkTemplates(stacks.map((stack, i) => (i === at ? { ...stack, template } : stack)), { declarations });
  }), { seed: SEED, numRuns: RUNS });
});

test('declarations with a few changes', () => {
  const declaring = APPS.filter((one) => one.declarations);
  fc.assert(fc.property(fc.constantFrom(...declaring), CHANGES, ({ stacks, declarations }, changes) => {
    const written = declarations!.map(({ role, policy }) => role?.identityPolicies[0]?.document ?? policy);
    const documents = changes.reduce<unknown>((before, change) => changed(before, change), written);
    const list = Array.isArray(documents) ? documents : [];
    checkTemplates(stacks, {
      declarations: declarations!.map((one, i) => (one.policy === undefined
        ? { ...one, role: { ...one.role!, identityPolicies: [{ name: 'identity policy', document: list[i] }] } }
        : { ...one, policy: list[i] ?? null })),
    });
  }), { seed: SEED, numRuns: Math.ceil(RUNS / 4) });
});

test('any JSON in the place of a template, a section, a resource or a property', () => {
  const any = fc.oneof(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(...ODD_VALUES)) as fc.Arbitrary<any>;
  const property = fc.constantFrom(
    'RoleArn', 'Policy', 'DisableSessionTags', 'TargetRoleArn', 'Namespace', 'ClusterName', 'ServiceAccount',
  );
  const pods = fc.dictionary(property, any).map(
    (Properties) => ({ Type: 'AWS::EKS::PodIdentityAssociation', Properties }),
  );
  const roleProperty = fc.constantFrom(
    'Policies', 'ManagedPolicyArns', 'PermissionsBoundary', 'AssumeRolePolicyDocument', 'RoleName', 'Path', 'Tags',
  );
  const role = fc.dictionary(roleProperty, any).map((Properties) => ({ Type: 'AWS::IAM::Role', Properties }));
  const template = fc.oneof(any, fc.record({
    Resources: fc.record({ Pods: fc.oneof(pods, any), Role: fc.oneof(role, any), Other: fc.oneof(role, pods, any) }),
    Outputs: any,
    Parameters: any,
    Conditions: fc.oneof(any, fc.dictionary(fc.constantFrom('C', 'IsProd'), any)),
    Mappings: any,
    Transform: any,
  }, { requiredKeys: ['Resources'] }));
  fc.assert(fc.property(template, (one) => {
    const isObject = typeof one === 'object' && one !== null && !Array.isArray(one); // as the reader of templates makes sure
    checkTemplates([{
      id: 'Stack', file: 'Stack.json', assembly: '', template: isObject ? one : {}, pathOf: (logicalId) => logicalId,
    }]);
  }), { seed: SEED, numRuns: RUNS });
});
