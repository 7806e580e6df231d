import * as fs from 'fs';
import * as path from 'path';

const { showIn } = require('./table'); // eslint-disable-line @typescript-eslint/no-require-imports

const read = (file: string) => fs.readFileSync(path.join(__dirname, '..', '..', file), 'utf-8');

test('the README shows what ran', () => {
  const results = JSON.parse(read('docs/compatibility.json'));
  expect(showIn(read('README.md'), results)).toBe(read('README.md'));
});

test('the table has a row for each run, and says what failed', () => {
  const readme = 'before\n\n<!-- what ran: npm run test:compatibility -->\nold\n<!-- end of what ran -->\nafter\n';
  const run = {
    'date': '2026-01-02',
    'node': '22.1.0',
    'cdk': 'floor',
    'aws-cdk-lib': '2.262.0',
    'constructs': '10.5.1',
    'passed': 12,
    'failed': 1,
  };
  expect(showIn(readme, [run, { ...run, failed: 0 }])).toBe(`before

<!-- what ran: npm run test:compatibility -->

| date | Node.js | aws-cdk-lib | constructs | tests |
|---|---|---|---|---|
| 2026-01-02 | 22.1.0 | 2.262.0 | 10.5.1 | 12 passed, 1 failed |
| 2026-01-02 | 22.1.0 | 2.262.0 | 10.5.1 | 12 passed |

<!-- end of what ran -->
after
`);
});
