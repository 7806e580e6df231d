/**
 * The app of docs/pipelines.md in a git repository: its first commit is what the page shows, the second one broadens the session
 * policy, and what is checked out is their merge, as on GitHub. `npm ci` installs this library from its sources, and `npx cdk` is the CDK CLI.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { noting } from './programs';
import { Repository } from './repository';

const ROOT = path.join(__dirname, '..', '..');

const NPM = `
mkdir -p node_modules/cdk-eks-pod-identity
for package in aws-cdk-lib constructs; do ln -sfn "$LIBRARY/node_modules/$package" "node_modules/$package"; done
ln -sfn "$COMMAND" node_modules/cdk-eks-pod-identity/bin
echo "require('$LIBRARY/node_modules/ts-node').register({ transpileOnly: true, preferTsExts: true });
module.exports = require('$LIBRARY/lib/index.ts');" > node_modules/cdk-eks-pod-identity/index.js`;

const NPX = `
shift
case "$1" in
  deploy) ;;
  *) exec node "$LIBRARY/node_modules/aws-cdk/bin/cdk" "$@" --no-notices --no-version-reporting ;;
esac`;

/** The API, with the comments in `listed` of which the workflow asks for the id. */
const GH = `
case "$2" in --paginate) cat "$PROGRAMS/listed" 2> /dev/null || true ;; esac
for argument; do case "$argument" in body=@*) cat "\${argument#body=@}" > "$PROGRAMS/posted" ;; esac; done`;

export class AppRepository extends Repository {
  public readonly temp = path.join(this.folder, '..', `${path.basename(this.folder)}-temp`);
  public readonly env: NodeJS.ProcessEnv;

  public constructor(app: string, change: (app: string) => string) {
    super();
    fs.mkdirSync(path.join(this.temp, 'programs'), { recursive: true });
    this.env = {
      ...noting(path.join(this.temp, 'programs'), { npm: NPM, npx: NPX, gh: GH }),
      LIBRARY: ROOT,
      COMMAND: path.dirname(this.binary),
      TS_NODE_PROJECT: path.join(ROOT, 'examples', 'tsconfig.json'),
      RUNNER_TEMP: this.temp,
      NO_COLOR: '1',
    };
    this.git('init', '--quiet', '--initial-branch=main');
    this.commit({ '.gitignore': 'cdk.out\nnode_modules\n', 'cdk.json': { app: 'node app.js' }, 'app.js': app });
    this.git('switch', '--quiet', '--create', 'more-for-orders');
    this.commit({ 'app.js': change(app) });
    this.git('switch', '--quiet', 'main');
    this.git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'more-for-orders');
  }

  public commit(files: Readonly<Record<string, string | object>>): void {
    this.write(files);
    this.git('add', '.');
    this.git('commit', '--quiet', '-m', 'Change');
  }

  public git(...args: readonly string[]): string {
    return execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
      cwd: this.folder, encoding: 'utf-8', env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null' },
    });
  }

  /** A file of the programs: `notes` has their calls, and `posted` the body of the comment. */
  public ofPrograms(name: string): string {
    return fs.readFileSync(path.join(this.temp, 'programs', name), 'utf-8');
  }

  public override remove(): void {
    super.remove();
    fs.rmSync(this.temp, { recursive: true, force: true });
  }
}
