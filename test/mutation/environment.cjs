const { TestEnvironment } = require('jest-environment-node');

let failed;

/** One test that fails is enough to know that a mutant is noticed: the others are left out. */
module.exports = class StopAtFirstFailure extends TestEnvironment {
  async handleTestEvent(event) {
    const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
    if (mutant === undefined) { return; }
    if (event.name === 'test_done' && event.test.errors.length > 0) { failed = mutant; }
    if (event.name === 'test_start' && failed === mutant) { event.test.mode = 'skip'; }
  }
};
