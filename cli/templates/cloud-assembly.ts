/**
 * Finds the stacks of a cloud assembly, the folder that `cdk synth` writes: reads its manifest, and the stages in it. sources.ts
 * calls it. The templates are read later (read-stacks.ts).
 * Invariant: a manifest can only name files inside its own folder, also by symbolic links.
 */
import * as fs from 'fs';
import * as path from 'path';
import { constructMetadataIn } from './construct-metadata';
import { parse } from './parse';
import type { StackSource } from './stack-source';
import { lazy } from '../../lib/util/memo';
import { decodeText } from '../../lib/util/read-json';
import { isRecord, memberOf } from '../../lib/util/records';
import { GivenFolders } from '../files/given-folders';
import { readBytesInside, readInside } from '../files/read-file';
import { Unreadable } from '../files/unreadable';

/** Whether the folder is a cloud assembly. @throws Unreadable */
export function isCloudAssembly(folder: string, shown: (file: string) => string, given: GivenFolders): boolean {
  const file = path.join(folder, 'manifest.json');
  return fs.existsSync(file) && /"artifacts"\s*:/.test(decodeText(readBytesInside(given, file, shown(file))));
}

/**
 * Returns the stacks of a cloud assembly and of the stages in it. The templates of their parents name the nested stacks.
 * @param outer the assemblies around it, without symbolic links
 * @throws Unreadable
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/cloud-assembly-schema-readme.html
 */
export function stacksOfAssembly(
  folder: string, shown: (file: string) => string, given: GivenFolders, outer: readonly string[] = [],
): StackSource[] {
  const manifest = path.join(folder, 'manifest.json');
  const valueIn = (file: string) => parse(readInside(given, file, shown(file)), shown(file));
  const artifacts = memberOf(valueIn(manifest), 'artifacts');
  const real = fs.realpathSync(folder);
  if (outer.includes(real)) { throw new Unreadable(shown(manifest), 'its stages lead in a circle'); }
  if (!isRecord(artifacts)) { throw new Unreadable(shown(manifest), 'it is not the manifest of a cloud assembly: artifacts is not an object', 1); }
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    const properties = memberOf(artifact, 'properties');
    const text = (name: string) => textOf(memberOf(properties, name));
    const type = memberOf(artifact, 'type');
    if (type === 'cdk:cloud-assembly') {
      return stacksOfAssembly(pathInside(folder, text('directoryName') ?? id, shown(manifest)), shown, given, [...outer, real]);
    }
    if (type !== 'aws:cloudformation:stack') { return []; }
    const file = pathInside(folder, text('templateFile') ?? `${id}.template.json`, shown(manifest));
    const constructPath = textOf(memberOf(artifact, 'displayName')) ?? id;
    const metadataFile = textOf(memberOf(artifact, 'additionalMetadataFile'));
    return [{
      id: constructPath,
      name: text('stackName') ?? id,
      path: file,
      file: shown(file),
      assembly: shown(folder),
      given,
      constructs: {
        path: constructPath,
        metadata: constructMetadataIn(artifact, metadataFile && pathInside(folder, metadataFile, shown(manifest)), valueIn),
        assets: lazy(() => templateAssetsIn(path.join(folder, `${id}.assets.json`), valueIn)),
      },
      ...environmentOf(textOf(memberOf(artifact, 'environment'))),
    }];
  });
}

/** The templates of nested stacks, which are assets, by hash. */
function templateAssetsIn(file: string, valueIn: (file: string) => unknown): ReadonlyMap<string, string> {
  const files = fs.existsSync(file) ? memberOf(valueIn(file), 'files') : undefined;
  return new Map(Object.entries(isRecord(files) ? files : {}).flatMap(([hash, asset]) => {
    const source = textOf(memberOf(memberOf(asset, 'source'), 'path'));
    return source?.endsWith('.template.json') ? [[hash, source]] : [];
  }));
}

/** Parses `aws://111122223333/eu-west-1`. The CDK writes `unknown-account` and `unknown-region` for deploy-time values. */
function environmentOf(environment = ''): Pick<StackSource, 'account' | 'region'> {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment) ?? [];
  return { account: account === 'unknown-account' ? undefined : account, region: region === 'unknown-region' ? undefined : region };
}

/** Resolves a file of a manifest. @throws Unreadable if it is outside of the folder of the manifest */
function pathInside(folder: string, name: string, manifest: string): string {
  const file = path.resolve(folder, name);
  if (!file.startsWith(path.resolve(folder) + path.sep)) { throw new Unreadable(manifest, `it names '${name}', which is outside of its folder`); }
  return file;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
