/**
 * What a runner has beside the repository: `cdk-pod-identity`, an `npm` that installs it, and an `npx` whose `cdk synth` runs
 * `synth.sh` of the folder that it is in, and whose `cdk deploy` notes its arguments. A note of every call is in `notes`.
 */
import * as fs from 'fs';
import * as path from 'path';

const NPM = `
case "$1 $2" in
  'install --prefix') mkdir -p "$3/node_modules/.bin"; ln -s "$PROGRAMS/command" "$3/node_modules/.bin/cdk-pod-identity" ;;
  'install --global') ln -s "$PROGRAMS/command" "$PROGRAMS/bin/cdk-pod-identity" ;;
  'ci ') ;;
  *) exit 9 ;;
esac`;

const NPX = `
case "$1 $2" in
  'cdk synth') sh ./synth.sh ;;
  'cdk deploy') ;;
  *) exit 9 ;;
esac`;

/** Writes the programs into a folder, and returns the environment in which they are found. */
export function programs(folder: string, binary: string): NodeJS.ProcessEnv {
  const write = (name: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  };
  const note = (name: string) => `echo "${name} $*" >> "$PROGRAMS/notes"`;
  write('bin/npm', `${note('npm')}${NPM}`);
  write('bin/npx', `${note('npx')}${NPX}`);
  write('command', `exec '${process.execPath}' '${binary}' "$@"`);
  fs.writeFileSync(path.join(folder, 'notes'), '');
  return { PROGRAMS: folder, PATH: `${path.join(folder, 'bin')}:${path.dirname(process.execPath)}:${process.env.PATH}` };
}
