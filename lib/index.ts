export * from './finding-severity';
export * from './grants-to';
export * from './pod-identity-association';
export * from './pod-identity-role';
export * from './pod-identity-validation';
export * from './role-permissions';
export * from './session-policy';
export * from './session-policy-size';
