import * as assert from 'assert/strict';
import * as fs from 'fs';
import * as path from 'path';

export function readTemplate(assembly: string): any {
  const template = JSON.parse(fs.readFileSync(path.join(assembly, 'Tenants.template.json'), 'utf-8'));
  // What the CDK CLI reports of the app: with the language of it.
  delete template.Resources.CDKMetadata;
  delete template.Conditions?.CDKMetadataAvailable;
  if (Object.keys(template.Conditions ?? {}).length === 0) { delete template.Conditions; }
  return template;
}

/** Whether two templates are equal, whatever the order of their keys. */
export function assertSameTemplate(actual: any, expected: any): void {
  assert.deepEqual(actual, expected, 'the template differs from the one that TypeScript makes');
}
