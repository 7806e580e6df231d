/**
 * The formats of the names and ARNs of CloudFormation resources, from the reference data. `template/resource-formats.ts` adds the
 * types that CDK apps use most.
 * Invariant: a format is certain. A type whose values are not certain has none.
 */
import { DataFile } from './data-file';

/**
 * The format of the values of a resource type's `Ref` and `Fn::GetAtt`. `$P`, `$R`, `$A`, `$N`: partition, region,
 * account, name or generated id; `$H`: the IAM path, `/` unless given; `$G`: what the service generates beyond the name;
 * `$[Property]`: the name of another resource, which the property contains.
 */
export interface KnownFormat {
  /** The property that sets the name. If it is absent, CloudFormation or the service generates one. */
  readonly nameProperty?: string;
  /** The characters of generated names. */
  readonly nameCharacters: string;
  readonly minLength: number;
  readonly maxLength: number;
  /** A name for a witness; `#` is replaced by a number. */
  readonly exampleName: string;
  readonly ref?: string;
  readonly attributes: { readonly [name: string]: string };
  /** The service converts names to lower case: the formats hold only if the name is generated, or written without capitals. */
  readonly lowerCase?: true;
  /** The characters of `$G`, and its value in a witness; `#` is replaced by a number. */
  readonly generated?: { readonly characters: string; readonly example: string };
}

const FILE = new DataFile<KnownFormat>('resource-formats');

/** The format of a CloudFormation type, such as `AWS::EFS::FileSystem`. `undefined`: nothing is certain. */
export function knownFormat(type: string): KnownFormat | undefined {
  return FILE.row(type);
}

/** The CloudFormation types that have a format. */
export function typesWithFormat(): readonly string[] {
  return [...FILE.names];
}
