export * from './decide-narrowing';
export * from './narrowed';
export * from './policy';
export * from './read-policy';
export * from './text';
export * from './verdict';
export { KnownAction } from './witness';
