// The table of the README that shows what the tests ran with.
const [START, END] = ['<!-- what ran: npm run test:compatibility -->', '<!-- end of what ran -->'];

/** `results`: what docs/compatibility.json has. */
function showIn(readme, results) {
  const [start, end] = [readme.indexOf(START), readme.indexOf(END)];
  if (start < 0 || end < start) { throw new Error(`The README has no place for the table: ${START} … ${END}`); }
  const rows = results.map((r) => `| ${r.date} | ${r.node} | ${r['aws-cdk-lib']} | ${r.constructs} | ${r.passed} passed${r.failed === 0 ? '' : `, ${r.failed} failed`} |`);
  return [
    readme.slice(0, start) + START, '', '| date | Node.js | aws-cdk-lib | constructs | tests |', '|---|---|---|---|---|', ...rows, '', readme.slice(end),
  ].join('\n');
}

module.exports = { showIn };
