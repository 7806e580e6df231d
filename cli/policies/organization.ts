/**
 * Reads the policies of an organization that are given as files, one for each level: `--scp` and `--rcp`.
 * Invariant: a file with a mistake is a `UsageError` that names its line. All files with mistakes are named.
 */
import { Layer } from '../../lib/engine';
import { ControlKind, ControlPolicyError } from '../../lib/organization-policies/control-policy';
import { layerOfLevel } from '../../lib/organization-policies/level-layer';
import type { OrganizationLayers } from '../../lib/organization-policies/organization-layers';
import { levelIn } from '../../lib/organization-policies/read-level';
import { UsageError } from '../exit-codes';
import { parseJson } from './parse-json';
import { readNamedFile } from '../files/read-file';

/** The files of the levels, by option. */
export interface OrganizationFiles {
  readonly scp: readonly string[];
  readonly rcp: readonly string[];
}

/** A file that was read. Plain data: worker threads get a copy. */
export interface FileText {
  readonly file: string;
  readonly text: string;
}

/** The texts of the levels, by option. */
export interface OrganizationTexts {
  readonly scp: readonly FileText[];
  readonly rcp: readonly FileText[];
}

/** @throws UsageError if a file cannot be read */
export function readOrganization({ scp, rcp }: OrganizationFiles): OrganizationTexts {
  const read = (option: string, files: readonly string[]) => (
    withErrors(option, () => files.map((file): FileText => ({ file, text: readNamedFile(file).text }))));
  return { scp: read('--scp', scp), rcp: read('--rcp', rcp) };
}

/** `undefined` if none was given. @throws UsageError if a file is not the policies of a level, or has a policy that AWS rejects */
export function organizationIn({ scp, rcp }: OrganizationTexts): OrganizationLayers | undefined {
  if (scp.length + rcp.length === 0) { return undefined; }
  const mistakes: string[] = [];
  const layers = (option: string, files: readonly FileText[], kind: ControlKind) => files.flatMap(({ file, text }): Layer[] => {
    try {
      return [withErrors(option, () => layerOfLevel(kind, levelIn(parseJson(text, file), text, file)))];
    } catch (e) {
      mistakes.push(...(e as Error).message.split('\n'));
      return [];
    }
  });
  const found = { serviceControl: layers('--scp', scp, 'service control'), resourceControl: layers('--rcp', rcp, 'resource control') };
  if (mistakes.length > 0) { throw new UsageError(...mistakes); }
  return found;
}

/** All layers of the organization, for policies that are given as files. */
export function layersOf(organization: OrganizationLayers | undefined): readonly Layer[] {
  return organization === undefined ? [] : [...organization.serviceControl, ...organization.resourceControl];
}

function withErrors<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (e) {
    const messages = e instanceof ControlPolicyError ? e.messages : [(e as Error).message];
    throw new UsageError(...messages.map((message) => `${option} ${message}`));
  }
}
