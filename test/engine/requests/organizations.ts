/** Roles as organizations have them, with guards and boundaries, and session policies of workloads on them. */
import { GUARDRAILS } from './organization-guardrails';
import { PERIMETERS } from './organization-perimeters';
import { pairsOf } from './organization-role';
import { Pair } from './pair';

/** Pairs about the guards that organizations put on roles. */
export const ORGANIZATION_ROLES: readonly Pair[] = pairsOf([...PERIMETERS, ...GUARDRAILS]);
