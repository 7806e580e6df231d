export * from './grants-to';
export * from './pod-identity-association';
export * from './pod-identity-role';
export * from './pod-identity-validation';
export { SessionPolicy } from './session-policy';
export { SessionPolicySize } from './session-policy/size';
