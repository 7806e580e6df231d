export { actionMatches } from './covers';
export * from './decide-narrowing';
export * from './narrowed';
export { mayBeEqual } from './overlaps';
export * from './policy';
export * from './read-policy';
export * from './text';
export * from './verdict';
export type { KnownAction } from './witness';
