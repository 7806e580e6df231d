import { Argument } from 'commander';

/** The argument of the commands that read templates. */
export function pathsArgument(): Argument {
  return new Argument('[path...]', 'cloud assemblies (the output of cdk synth), templates in JSON or YAML, and folders or globs of them')
    .default(['cdk.out'], 'cdk.out');
}
