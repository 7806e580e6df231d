import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { writeOutput } from '../../../cli/output/write-output';

let folder: string;
const at = (name: string) => path.join(folder, name);
const read = (name: string) => fs.readFileSync(at(name), 'utf-8');
const modeOf = (name: string) => (fs.statSync(at(name)).mode % 0o1000).toString(8);
beforeEach(() => { folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'output-')); });
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** What the folder has afterwards: nothing temporary stays. */
const names = () => fs.readdirSync(folder).sort();

describe('a file', () => {
  test('is written with the permissions of the umask', () => {
    const before = process.umask(0o027);
    try {
      expect(writeOutput('text \u202e', at('a'))).toBe(true);
    } finally {
      process.umask(before);
    }
    expect([read('a'), modeOf('a'), names()]).toEqual(['text \\u202e', '640', ['a']]);
  });

  test.each(['600', '644', '666', '700'])('that exists keeps its permissions %s', (mode) => {
    fs.writeFileSync(at('a'), 'old and longer');
    fs.chmodSync(at('a'), parseInt(mode, 8));
    writeOutput('new', at('a'));
    expect([read('a'), modeOf('a'), names()]).toEqual(['new', mode, ['a']]);
  });

  test('is replaced as a whole: who has the old one open still reads it', () => {
    fs.writeFileSync(at('a'), 'old');
    const fd = fs.openSync(at('a'), 'r');
    writeOutput('new', at('a'));
    expect([fs.readFileSync(fd, 'utf-8'), read('a')]).toEqual(['old', 'new']);
    fs.closeSync(fd);
  });

  test('is complete if it is large', () => {
    const text = `${'\u00e4b'.repeat(3_000_000)}\n`;
    writeOutput(text, at('a'));
    expect(read('a') === text).toBe(true);
  });
});

describe('stays as it is, with nothing beside it,', () => {
  beforeEach(() => fs.writeFileSync(at('a'), 'old'));

  test.each<[string, string, (name: string) => string[]]>([
    ['if it is an input', 'the command reads that file', (name) => [at('other'), name]],
    ['if it is an input by another name', 'the command reads that file', () => {
      fs.linkSync(at('a'), at('b'));
      return [at('b')];
    }],
    ['if it is an input behind a link', 'the command reads that file', () => {
      fs.symlinkSync('a', at('b'));
      return [at('b')];
    }],
  ])('%s', (_, message, inputs) => {
    const given = inputs(at('a'));
    const before = names();
    expect(() => writeOutput('new', at('a'), given)).toThrow(`--output ${at('a')}: it cannot be written: ${message}`);
    expect([read('a'), names()]).toEqual(['old', before]);
  });

  const asUser = process.getuid?.() === 0 ? test.skip : test; // root may write everything
  asUser('if it is read-only', () => {
    fs.chmodSync(at('a'), 0o444);
    expect(() => writeOutput('new', at('a'))).toThrow('permission denied (EACCES)');
    expect([read('a'), names()]).toEqual(['old', ['a']]);
  });
});

describe('a symbolic link', () => {
  test('to a file of the folder stays, and the file is replaced', () => {
    fs.mkdirSync(at('in'));
    fs.writeFileSync(at('in/a'), 'old');
    fs.symlinkSync('in/a', at('link'));
    writeOutput('new', at('link'));
    expect([read('in/a'), fs.readlinkSync(at('link'))]).toEqual(['new', 'in/a']);
  });

  test('to a file that does not exist yet creates it', () => {
    fs.symlinkSync('later', at('link'));
    writeOutput('new', at('link'));
    expect([read('later'), fs.readlinkSync(at('link'))]).toEqual(['new', 'later']);
  });

  test.each(['../outside', 'hop', 'up/outside'])('out of the folder, %s, is refused', (target) => {
    fs.mkdirSync(at('named'));
    fs.writeFileSync(at('outside'), 'old');
    fs.symlinkSync('../outside', at('named/hop'));
    fs.symlinkSync('..', at('named/up'));
    fs.symlinkSync(target, at('named/link'));
    expect(() => writeOutput('new', at('named/link'))).toThrow(
      `--output ${at('named/link')}: it cannot be written: it is a symbolic link to ${at('outside')}, outside of its folder`,
    );
    expect([read('outside'), fs.readdirSync(at('named')).sort()]).toEqual(['old', ['hop', 'link', 'up']]);
  });

  test('in a circle is an error', () => {
    fs.symlinkSync('b', at('a'));
    fs.symlinkSync('a', at('b'));
    expect(() => writeOutput('new', at('a'))).toThrow('its symbolic links lead in a circle (ELOOP)');
  });

  test('for a folder is followed', () => {
    fs.mkdirSync(at('real'));
    fs.symlinkSync('real', at('linked'));
    writeOutput('new', at('linked/a'));
    expect(read('real/a')).toBe('new');
  });
});

test.each([
  ['no/such/a', 'there is no such folder (ENOENT)'],
  ['.', 'it is a folder (EISDIR)'],
  ['new/', 'it is a folder (EISDIR)'],
  ['file/a', 'a part of its path is not a folder (ENOTDIR)'],
  ['x'.repeat(300), 'the name is too long (ENAMETOOLONG)'],
])('%s cannot be written', (name, message) => {
  fs.writeFileSync(at('file'), '');
  expect(() => writeOutput('new', `${folder}/${name}`)).toThrow(`: it cannot be written: ${message}`);
  expect(names()).toEqual(['file']);
});

describe('a device', () => {
  test('takes the text and stays', () => {
    expect(writeOutput('text', '/dev/null')).toBe(true);
    expect(fs.statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('that is full is an error', () => {
    expect(() => writeOutput('text', '/dev/full')).toThrow(
      '--output /dev/full: it cannot be written: no space is left (ENOSPC)',
    );
  });

  test('may be a FIFO', () => {
    execFileSync('mkfifo', [at('fifo')]);
    const reader = fs.openSync(at('fifo'), fs.constants.O_RDONLY | fs.constants.O_NONBLOCK); // eslint-disable-line no-bitwise
    writeOutput('text', at('fifo'));
    expect(fs.readFileSync(reader, 'utf-8')).toBe('text');
    fs.closeSync(reader);
    expect(fs.statSync(at('fifo')).isFIFO()).toBe(true);
  });
});
