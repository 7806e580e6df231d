/** Conditions in the shape of real ones, and some that are hard or impossible to satisfy. */
import { StatementDocument } from '../../oracle/evaluate';

export type Conditions = NonNullable<StatementDocument['Condition']>;

export const CONDITIONS: readonly Conditions[] = [
  { StringEquals: { 'aws:ResourceTag/team': 'red' } },
  { StringEquals: { 'AWS:resourcetag/Team': ['red'] } },
  { StringEquals: { 'aws:ResourceTag/team': ['red', 'blue'] } },
  { StringNotEquals: { 'aws:ResourceTag/team': 'red' } },
  { StringEqualsIfExists: { 'aws:ResourceTag/team': 'red' } },
  { StringLike: { 'aws:ResourceTag/team': 'r*' }, Bool: { 'aws:SecureTransport': 'true' } },
  { Bool: { 'aws:SecureTransport': true } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { Null: { 'aws:ResourceTag/team': 'true' } },
  { Null: { 'aws:ResourceTag/team': 'false' } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
  { 'ForAnyValue:StringLike': { 'aws:TagKeys': 'a*' } },
  { 'ForAnyValue:StringEqualsIfExists': { 'aws:TagKeys': 'a' } },
  { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::data*' } },
  { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  { NumericLessThanEquals: { 's3:max-keys': 10 } },
  { DateGreaterThan: { 'aws:CurrentTime': '2024-01-01T00:00:00Z' } },
  { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } },
  { StringNotLike: { 'aws:ResourceTag/team': '${aws:username}*' } },
  {},
  // Escapes and wildcards that look alike.
  { StringLike: { 'aws:ResourceTag/team': '*' } },
  { StringLike: { 'aws:ResourceTag/team': '${*}' } },
  { StringEquals: { 'aws:ResourceTag/team': '${*}' } },
  { StringEquals: { 'aws:ResourceTag/team': '${aws:username}' } },
  { StringEquals: { 'aws:ResourceTag/team': "${aws:username, 'red'}" } },
  // Hard or impossible to satisfy.
  { StringEquals: { 'aws:ResourceTag/team': [] } },
  { StringNotEquals: { 'aws:ResourceTag/team': [] } },
  { StringEquals: { 'aws:ResourceTag/team': 'red' }, StringNotEquals: { 'aws:ResourceTag/team': 'red' } },
  { StringEquals: { 'aws:ResourceTag/team': ['red', 'blue'] }, StringNotEquals: { 'AWS:ResourceTag/team': 'red' } },
  { StringLike: { 'aws:ResourceTag/team': 'r?d*' }, StringNotEquals: { 'aws:ResourceTag/team': 'red' } },
  { StringEquals: { 'aws:ResourceTag/team': 'red' }, Null: { 'aws:ResourceTag/team': 'true' } },
  { StringNotEquals: { 'aws:ResourceTag/team': 'red' }, Null: { 'aws:ResourceTag/team': 'false' } },
  { StringNotLike: { 'aws:ResourceTag/team': '*' }, StringEqualsIfExists: { 'aws:ResourceTag/team': 'red' } },
  { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': 'a' }, 'Null': { 'aws:TagKeys': false } },
  { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'a' }, 'ForAllValues:StringLike': { 'aws:TagKeys': ['a*', 'b'] } },
  { StringEqualsIgnoreCase: { 'aws:ResourceTag/team': 'RED' }, StringNotEquals: { 'aws:ResourceTag/team': 'RED' } },
  { NumericGreaterThan: { 's3:max-keys': '5' }, NumericLessThan: { 's3:max-keys': '6' } },
  {
    DateLessThan: { 'aws:CurrentTime': '2024-01-01T00:00:00Z' },
    DateGreaterThanEquals: { 'aws:CurrentTime': '2023-01-01' },
  },
  { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '2001:db8::/32'] }, IpAddress: { 'aws:SourceIp': '10.1.0.0/16' } },
  { ArnNotLike: { 'aws:SourceArn': 'arn:aws:s3:::data*' }, ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::d*' } },
  { Bool: { 'aws:SecureTransport': ['true', 'false'] } },
];
