/**
 * Finds the stacks of a cloud assembly, the folder that `cdk synth` writes: reads its manifest, and the stages in it. sources.ts
 * calls it. The templates are read later (read-stacks.ts).
 * Invariant: a manifest can only name files inside its own folder.
 */
import * as fs from 'fs';
import * as path from 'path';
import { constructMetadataIn } from './construct-metadata';
import { parse } from './parse';
import { readText } from './read-text';
import type { StackSource } from './stack-source';
import { Unreadable } from './unreadable';
import { isRecord, memberOf } from '../../lib/util/records';

/** Whether the folder is a cloud assembly. */
export function isCloudAssembly(folder: string): boolean {
  const file = path.join(folder, 'manifest.json');
  return fs.existsSync(file) && /"artifacts"\s*:/.test(readText(file, file));
}

/**
 * Returns the stacks of a cloud assembly and of the stages in it. The templates of their parents name the nested stacks.
 * @throws Unreadable
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/cloud-assembly-schema-readme.html
 */
export function stacksOfAssembly(folder: string, shown: (file: string) => string): StackSource[] {
  const manifest = path.join(folder, 'manifest.json');
  const artifacts = memberOf(parse(readText(manifest, shown(manifest)), shown(manifest)), 'artifacts');
  if (!isRecord(artifacts)) { throw new Unreadable(shown(manifest), 'it is no manifest of a cloud assembly: artifacts is no object', 1); }
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    const properties = memberOf(artifact, 'properties');
    const text = (name: string) => textOf(memberOf(properties, name));
    const type = memberOf(artifact, 'type');
    if (type === 'cdk:cloud-assembly') {
      return stacksOfAssembly(pathInside(folder, text('directoryName') ?? id, shown(manifest)), shown);
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
      constructs: {
        path: constructPath,
        metadata: constructMetadataIn(artifact, metadataFile && pathInside(folder, metadataFile, shown(manifest)), shown),
        assets: () => templateAssetsIn(path.join(folder, `${id}.assets.json`), shown),
      },
      ...environmentOf(textOf(memberOf(artifact, 'environment'))),
    }];
  });
}

/** The templates of nested stacks, which are assets, by hash. */
function templateAssetsIn(file: string, shown: (file: string) => string): ReadonlyMap<string, string> {
  const files = fs.existsSync(file) ? memberOf(parse(readText(file, shown(file)), shown(file)), 'files') : undefined;
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
