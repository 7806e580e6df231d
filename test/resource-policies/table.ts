/** What AWS does with the requests of a session policy, beside the resource policies of its template. */
import { ResourcePolicyCase } from './case';
import { EVENT_BUS_POLICY_CASES } from './event-bus-policy';
import { GUARD_CASES } from './guards';
import { KMS_CASES } from './kms';
import { LAMBDA_CASES } from './lambda';
import { MESSAGING_CASES } from './messaging';
import { PROPERTY_CASES } from './property-policies';
import { bucketCase, BUCKET_FORM_CASES } from './s3';
import { ACCESS_POINT_CASES } from './s3-access-point';
import { BUCKET_ACTION_ROWS, LITERAL_BUCKET_CASES } from './s3-actions';
import { BUCKET_GUARD_ROWS } from './s3-guards';
import { BUCKET_PRINCIPAL_ROWS } from './s3-principals';
import { BUCKET_REQUEST_ROWS } from './s3-requests';

export type { Access, ResourcePolicyCase } from './case';
export { ACCOUNT } from './make';

export const REGION = 'eu-west-1';

export const RESOURCE_POLICY_CASES: readonly ResourcePolicyCase[] = [
  ...BUCKET_FORM_CASES,
  ...[...BUCKET_ACTION_ROWS, ...BUCKET_PRINCIPAL_ROWS, ...BUCKET_REQUEST_ROWS, ...BUCKET_GUARD_ROWS].map(bucketCase),
  ...LITERAL_BUCKET_CASES,
  ...ACCESS_POINT_CASES,
  ...KMS_CASES,
  ...GUARD_CASES,
  ...MESSAGING_CASES,
  ...EVENT_BUS_POLICY_CASES,
  ...LAMBDA_CASES,
  ...PROPERTY_CASES,
];
