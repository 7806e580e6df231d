// All tests of the engine that take no time, in one file: the engine is loaded once for each mutant. Those that take longest
// come last. Properties are left out, so that the score says what the tables notice.
import '../engine/ip-range.test';
import '../engine/pattern.test';
import '../engine/overlaps.test';
import '../engine/covers.test';
import '../engine/words.test';
import '../engine/string-set.test';
import '../engine/targets.test';
import '../engine/service-index.test';
import '../engine/condition-meaning.test';
import '../engine/value-sets.test';
import '../engine/key-states.test';
import '../engine/read-policy.test';
import '../engine/evaluate.test';
import '../engine/decide-narrowing.test';
import '../engine/decide-conditions.test';
import '../engine/decide-resources.test';
import '../engine/universe.test';
import '../engine/context-keys.test';
import '../engine/is-ever-asked.test';
import '../engine/narrowed.test';
import '../engine/reasons.test';
import '../engine/intersect.test';
import '../engine/effective-document.test';
import '../engine/effective-permissions.test';
import '../engine/decisiveness.test';
