/** What is said of a clause of a policy and a request. */
export type Match = 'yes' | 'no' | 'unclear';
