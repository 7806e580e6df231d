import * as fs from 'fs';

/** An example of the README or of a docstring, in the words of each language. */
export interface Example {
  /** Such as `README line 26` or `PodIdentityAssertions#associations`. */
  readonly name: string;
  readonly typescript: string;
  /** By the names that jsii-rosetta has for languages: python, java, go, csharp. */
  readonly translations: { readonly [language: string]: string };
}

/** The examples that `npx projen rosetta:extract` wrote, which the packages take. */
export function readExamples(file: string): Example[] {
  const { snippets } = JSON.parse(fs.readFileSync(file, 'utf-8'));
  return Object.values<any>(snippets).map(({ location, translations }) => ({
    name: location.api.api === 'moduleReadme'
      ? `README line ${location.field.line}` : [location.api.fqn, location.api.memberName].filter(Boolean).join('#'),
    typescript: translations.$.source,
    translations: Object.fromEntries(
      Object.entries<any>(translations).filter(([language]) => language !== '$').map(
        ([language, { source }]) => [language, source],
      ),
    ),
  }));
}

/** What the comments of an example say. A translation that loses one loses what its reader should know. */
export function commentsOf(typescript: string): string[] {
  return [...typescript.matchAll(/(?:^|\s)\/\/ (.*)$/gm)].map(([, text]) => text);
}
