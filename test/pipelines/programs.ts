/**
 * What a runner has beside the repository: `cdk-pod-identity`, an `npm` that installs it, and an `npx` whose `cdk synth` runs
 * `synth.sh` of the folder that it is in, and whose `cdk deploy` does nothing. Every call of the last two is noted in `notes`.
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
  writeScript(folder, 'command', `exec '${process.execPath}' '${binary}' "$@"`);
  return noting(folder, { npm: NPM, npx: NPX });
}

/** Writes programs that note how they are called, and returns the environment in which they are found. */
export function noting(folder: string, scripts: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  for (const [name, script] of Object.entries(scripts)) {
    writeScript(folder, `bin/${name}`, `echo "${name} $*" >> "$PROGRAMS/notes"${script}`);
  }
  fs.writeFileSync(path.join(folder, 'notes'), '');
  return { PROGRAMS: folder, PATH: `${path.join(folder, 'bin')}:${path.dirname(process.execPath)}:${process.env.PATH}` };
}

function writeScript(folder: string, name: string, text: string): void {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}
