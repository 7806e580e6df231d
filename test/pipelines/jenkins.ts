/**
 * Reads a declarative Jenkinsfile as far as ours needs it, and runs its stages. No published schema works without
 * a server of Jenkins, so this knows the sections that the syntax allows where, and rejects others.
 * @see https://www.jenkins.io/doc/book/pipeline/syntax/
 */
import { spawnSync } from 'child_process';

interface Block {
  /** Such as `stage`, with what is in its parentheses or behind it. */
  readonly name: string;
  readonly argument: string;
  readonly body?: readonly Block[];
}

/** What the syntax allows in each block. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  pipeline: ['agent', 'environment', 'stages'],
  stages: ['stage'],
  stage: ['when', 'steps', 'post'],
  when: ['changeRequest', 'branch'],
  steps: ['sh'],
  post: ['always'],
  always: ['junit', 'archiveArtifacts'],
};

const TOKEN = /\s+|\/\/.{0,500}|'''([^]{0,5000}?)'''|'((?:[^'\\\n]|\\.){0,500})'|[\w.]+|[{}(),:=]/y;

export class Jenkinsfile {
  private readonly pipeline: Block;

  public constructor(text: string) {
    const blocks = blocksIn(tokensIn(text));
    if (blocks.length !== 1 || blocks[0].name !== 'pipeline') { throw new Error('It has one pipeline'); }
    [this.pipeline] = blocks;
    checkSections(this.pipeline);
  }

  public get environment(): Record<string, string> {
    return Object.fromEntries(this.section('environment').map(({ name, argument }) => [name, argument]));
  }

  public get stages(): string[] {
    return this.section('stages').map(({ argument }) => argument);
  }

  /** The stages that run: all up to one that fails. */
  public run(folder: string, build: { readonly branch?: string; readonly isChange?: boolean }, env: NodeJS.ProcessEnv) {
    let log = '';
    const ran: string[] = [];
    for (const { argument: stage, body = [] } of this.section('stages')) {
      const conditions = body.find(({ name }) => name === 'when')?.body ?? [];
      const isSkipped = conditions.some(({ name, argument }) => (
        name === 'branch' ? build.branch !== argument : build.isChange !== true));
      if (isSkipped) { continue; }
      ran.push(stage);
      for (const { argument: script } of body.find(({ name }) => name === 'steps')!.body!) {
        const { status, stdout, stderr } = spawnSync('sh', ['-xe', '-c', script], {
          cwd: folder, encoding: 'utf-8', env: { ...this.environment, ...env },
        });
        log += `${stdout}${stderr}`;
        if (status !== 0) { return { status, ran, log }; }
      }
    }
    return { status: 0, ran, log };
  }

  private section(name: string): readonly Block[] {
    return this.pipeline.body!.find((block) => block.name === name)!.body!;
  }
}

interface Token {
  readonly text: string;
  readonly isString: boolean;
}

function tokensIn(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) { throw new Error(`Not understood: ${text.slice(at, at + 40)}`); }
    const [all, long, short] = found;
    const string = long ?? short;
    if (string !== undefined) { tokens.push({ text: string, isString: true }); }
    if (string === undefined && !/^(?:\s|\/\/)/.test(all)) { tokens.push({ text: all, isString: false }); }
  }
  return tokens;
}

/** Reads up to the brace that closes. */
function blocksIn(tokens: Token[]): Block[] {
  const blocks: Block[] = [];
  while (tokens.length > 0 && (tokens[0].isString || tokens[0].text !== '}')) {
    const name = tokens.shift()!.text;
    const argument: string[] = [];
    while (tokens.length > 0 && isArgument(tokens, argument.length === 0)) {
      const { text, isString } = tokens.shift()!;
      if (isString || /^\w/.test(text)) { argument.push(text); }
      if (isString && tokens[0]?.text !== ',' && tokens[0]?.text !== ')') { break; }
    }
    if (tokens[0]?.isString === false && tokens[0].text === '{') {
      tokens.shift();
      blocks.push({ name, argument: argument.join(' '), body: blocksIn(tokens) });
      if (tokens.shift()?.text !== '}') { throw new Error(`${name} is not closed`); }
    } else {
      blocks.push({ name, argument: argument.join(' ') });
    }
  }
  return blocks;
}

function isArgument([first]: readonly Token[], isFirst: boolean): boolean {
  return first.isString || ['(', ')', ',', ':', '='].includes(first.text) || (first.text === 'any' && isFirst)
    || ['artifacts', 'allowEmptyArchive', 'true'].includes(first.text);
}

function checkSections({ name, body }: Block): void {
  const allowed = SECTIONS[name];
  for (const block of body ?? []) {
    if (allowed?.includes(block.name) === false) { throw new Error(`${name} has no ${block.name}`); }
    checkSections(block);
  }
}
