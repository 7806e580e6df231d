/**
 * Searches texts that take long for regular expressions: reads a JSON list of literals, and writes one of what was found for each. A script
 * of its own because the search takes many times longer inside of Jest.
 */
const fs = require('fs');
const { checkSync } = require('recheck/lib/browser.js'); // the build in JavaScript: the main file would start a binary, or Java

const literals = JSON.parse(fs.readFileSync(0, 'utf-8'));
process.stdout.write(JSON.stringify(literals.map((literal) => {
  const end = literal.lastIndexOf('/');
  const { status, complexity } = checkSync(literal.slice(1, end), literal.slice(end + 1), {
    checker: 'fuzz', timeout: null, attackTimeout: null, incubationTimeout: null, randomSeed: 0,
  });
  return { status, complexity: complexity?.summary };
})));
