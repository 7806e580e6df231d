import * as fs from 'fs';
import * as path from 'path';

/** What a page of docs/languages lets its reader write and type. */
export interface Page {
  /** The contents of files, by their paths. */
  readonly files: { readonly [file: string]: string };
  /** The shell commands, in their order. */
  readonly commands: string;
  /** Examples. test/docs/languages.test.ts compares them with a file that is compiled and run. */
  readonly examples: readonly string[];
}

const LANGUAGES_OF_EXAMPLES = ['python', 'java', 'go', 'csharp'];

/** The blocks of a page: one that follows upon a line that ends with a name in backticks and a colon is a file. */
export function readPage(file: string): Page {
  const files: { [file: string]: string } = {};
  const commands: string[] = [];
  const examples: string[] = [];
  for (const [block, name, language, text] of fs.readFileSync(file, 'utf-8').matchAll(
    /(?:`([^`\n]+)`:\n\n)?^```(\w*)\n(.*?)^```$/gms,
  )) {
    if (name !== undefined) {
      files[name] = text;
    } else if (language === 'sh') {
      commands.push(text);
    } else if (LANGUAGES_OF_EXAMPLES.includes(language)) {
      examples.push(text);
    } else {
      throw new Error(
        `${file}: this block is neither a file, nor shell commands, nor an example, so that nothing would test it:\n${block}`,
      );
    }
  }
  return { files, commands: commands.join(''), examples };
}

export function writeFiles(page: Pick<Page, 'files'>, folder: string): void {
  for (const [name, text] of Object.entries(page.files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}
