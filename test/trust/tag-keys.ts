import { ALL_WORK, depends, never, OFF, POLICY, TrustCase, trustIf, works } from './cases';
import * as page from './pages';

const SIX = [
  'eks-cluster-arn', 'eks-cluster-name', 'kubernetes-namespace', 'kubernetes-service-account',
  'kubernetes-pod-name', 'kubernetes-pod-uid',
];
const KEYS = 'aws:TagKeys';
const TRANSITIVE = 'sts:TransitiveTagKeys';

const TRANSITIVE_UNSURE = 'The IAM page ties sts:TransitiveTagKeys to temporary credentials; the table of STS does not.';

/** Conditions on the keys of the tags that EKS sends: all six, all transitive. */
export const TAG_KEYS: readonly TrustCase[] = [{
  id: 'exactly-the-six-keys',
  source: 'variant of the IAM User Guide, id_session-tags (aws:TagKeys)',
  page: page.SET_OPERATORS,
  why: 'All keys are in the list, and ForAllValues is true without keys.',
  trust: trustIf({ 'ForAllValues:StringEquals': { [KEYS]: SIX } }),
  associations: ALL_WORK,
}, {
  id: 'three-of-the-six-keys',
  source: 'variant of the IAM User Guide, id_session-tags (aws:TagKeys)',
  page: page.SET_OPERATORS,
  why: 'Three keys are not in the list; without keys ForAllValues is true.',
  trust: trustIf({ 'ForAllValues:StringEquals': { [KEYS]: SIX.slice(1, 4) } }),
  associations: [never('prod/payments/api'), works('prod/payments/api', OFF), works('prod/payments/api', POLICY)],
}, {
  id: 'keys-with-prefixes',
  source: 'variant of the IAM User Guide, id_session-tags (aws:TagKeys)',
  page: page.SET_OPERATORS,
  why: 'All keys match one of the patterns.',
  trust: trustIf({ 'ForAllValues:StringLike': { [KEYS]: ['eks-*', 'kubernetes-*'] } }),
  associations: ALL_WORK,
}, {
  id: 'some-key',
  source: 'variant of the IAM User Guide, id_session-tags (aws:TagKeys)',
  page: page.SET_OPERATORS,
  why: 'ForAnyValue is false without keys.',
  trust: trustIf({ 'ForAnyValue:StringEquals': { [KEYS]: ['kubernetes-namespace'] } }),
  associations: [works('prod/payments/api'), never('prod/payments/api', OFF), never('prod/payments/api', POLICY)],
}, {
  id: 'some-key-that-eks-does-not-send',
  source: 'variant of the IAM User Guide, id_session-tags (aws:TagKeys)',
  page: page.SET_OPERATORS,
  why: 'None of the six keys is in the list.',
  trust: trustIf({ 'ForAnyValue:StringEquals': { [KEYS]: ['team', 'project'] } }),
  associations: [never('prod/payments/api'), never('dev/payments/api'), never('prod/payments/api', OFF)],
}, {
  id: 'keys-without-a-set-operator',
  source: 'variant of the IAM User Guide, id_session-tags (aws:TagKeys)',
  page: page.SET_OPERATORS,
  why: 'A key with several values needs a set operator; AWS does not say what happens without one.',
  trust: trustIf({ StringEquals: { [KEYS]: SIX } }),
  associations: [depends('prod/payments/api'), depends('dev/payments/api'), never('prod/payments/api', OFF)],
  unsure: 'How IAM compares a list without a set operator.',
}, {
  id: 'six-transitive-keys',
  source: 'IAM User Guide, id_session-tags (sts:TransitiveTagKeys), with the keys of EKS',
  page: page.SESSION_TAGS,
  why: 'All transitive keys are in the list.',
  trust: trustIf({ 'ForAllValues:StringEquals': { [TRANSITIVE]: SIX } }),
  associations: ALL_WORK,
}, {
  id: 'other-transitive-keys',
  source: 'IAM User Guide, id_session-tags (sts:TransitiveTagKeys)',
  page: page.SESSION_TAGS,
  why: 'EKS makes all six transitive, and none of them is in the list.',
  trust: trustIf({ 'ForAllValues:StringEquals': { [TRANSITIVE]: ['Project', 'Department'] } }),
  associations: [never('prod/payments/api'), works('prod/payments/api', OFF), works('prod/payments/api', POLICY)],
  unsure: TRANSITIVE_UNSURE,
}, {
  id: 'some-transitive-key',
  source: 'variant of the IAM User Guide, id_session-tags (sts:TransitiveTagKeys)',
  page: page.SESSION_TAGS,
  why: 'EKS makes the cluster name transitive; ForAnyValue is false without keys.',
  trust: trustIf({ 'ForAnyValue:StringEquals': { [TRANSITIVE]: 'eks-cluster-name' } }),
  associations: [works('prod/payments/api'), never('prod/payments/api', OFF), never('prod/payments/api', POLICY)],
  unsure: TRANSITIVE_UNSURE,
}, {
  id: 'any-transitive-key',
  source: 'IAM User Guide, id_session-tags (Null on sts:TransitiveTagKeys)',
  page: page.SESSION_TAGS,
  why: 'Null: false requires at least one transitive tag.',
  trust: trustIf({ Null: { [TRANSITIVE]: 'false' } }),
  associations: [works('prod/payments/api'), never('prod/payments/api', OFF), never('prod/payments/api', POLICY)],
  unsure: TRANSITIVE_UNSURE,
}];
