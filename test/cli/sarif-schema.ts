import * as fs from 'fs';
import * as path from 'path';
import Ajv from 'ajv';

let compiled: ReturnType<typeof compile> | undefined;

/** What the schema of OASIS says against a SARIF log. */
export function sarifErrors(log: unknown) {
  const validate = compiled ??= compile();
  return validate(log) ? [] : validate.errors;
}

function compile() {
  const file = path.join(path.dirname(require.resolve('@microsoft/jest-sarif')), 'schemas', 'sarif-2.1.0-rtm.5.json');
  // It says that it is of draft 4, and uses nothing that later drafts changed, but for the name of `id`.
  const { $schema: _, id: $id, ...schema } = JSON.parse(fs.readFileSync(file, 'utf-8'));
  return new Ajv({ strict: false, validateFormats: false, allErrors: true, unicodeRegExp: false }).compile({
    $id, ...schema,
  });
}
