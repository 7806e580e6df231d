/** Whether a clause of a policy matches a request. */
export type Match = 'yes' | 'no' | 'unclear';
