/**
 * Pins the actions of the workflows by the commits of their releases: a tag can be moved, a commit cannot. Those that are not here are
 * pinned by projen. YAML that projen writes has no comments, so the versions stand here.
 *
 * To upgrade one, look the commit up: `git ls-remote https://github.com/OWNER/NAME 'refs/tags/VERSION^{}' refs/tags/VERSION`.
 */
import { github } from 'projen';

export const PINNED_ACTIONS: ReadonlyArray<{ readonly action: string; readonly version: string; readonly commit: string }> = [
  { action: 'actions/setup-dotnet', version: 'v6.0.0', commit: 'a98b56852c35b8e3190ac28c8c2271da59106c68' },
  { action: 'actions/setup-go', version: 'v7.0.0', commit: 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e' },
  { action: 'actions/setup-java', version: 'v6.0.1', commit: 'de7274f081f381c8f8158605e0321c36c376e2e6' },
  { action: 'actions/setup-node', version: 'v7.0.0', commit: '820762786026740c76f36085b0efc47a31fe5020' },
  { action: 'actions/setup-python', version: 'v7.0.0', commit: '5fda3b95a4ea91299a34e894583c3862153e4b97' },
  { action: 'peter-evans/create-pull-request', version: 'v8.1.1', commit: '5f6978faf089d4d20b00c7766989d076bb2fc7f1' },
];

export function pinActions({ actions }: github.GitHub): void {
  for (const { action, commit } of PINNED_ACTIONS) { actions.set(action, `${action}@${commit}`); }
}
