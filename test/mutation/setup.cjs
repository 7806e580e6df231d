// The first counterexample is enough.
require('fast-check').configureGlobal({ endOnFailure: true });
