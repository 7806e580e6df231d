import { DataFile } from './data-file';

/**
 * How the values of a resource type's `Ref` and `Fn::GetAtt` are written. `$P`, `$R`, `$A`, `$N`: partition, region,
 * account, name or generated id; `$H`: the IAM path, `/` unless given; `$G`: what the service generates besides the name;
 * `$[Property]`: a name that the property gives, one of another resource.
 */
export interface KnownFormat {
  /** The property that sets the name. Where it is absent, CloudFormation or the service generates one. */
  readonly nameProperty?: string;
  /** What generated names are made of. */
  readonly nameCharacters: string;
  readonly minLength: number;
  readonly maxLength: number;
  /** A name for a witness; `#` is replaced by a number. */
  readonly exampleName: string;
  readonly ref?: string;
  readonly attributes: { readonly [name: string]: string };
  /** The service keeps names in lower case: the formats hold only where the name is generated, or written without capitals. */
  readonly lowerCase?: true;
  /** What `$G` is made of, and what it is in a witness; `#` is replaced by a number. */
  readonly generated?: { readonly characters: string; readonly example: string };
}

const FILE = new DataFile<KnownFormat>('resource-formats');

/** Of a CloudFormation type, such as `AWS::EFS::FileSystem`. `undefined`: nothing is certain. */
export function knownFormat(type: string): KnownFormat | undefined {
  return FILE.row(type);
}

/** The CloudFormation types that have a format. */
export function typesWithFormat(): readonly string[] {
  return [...FILE.names];
}
