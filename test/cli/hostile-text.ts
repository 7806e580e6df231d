/** Text that attacks terminals, pipelines and parsers, and what to hold against any output. */

/** Nothing of it may take effect. It is long, so that lines break within it. */
export const HOSTILE = [
  '::error::forged', '\u001b[2J\u001b[1A\u001b[31mred\u0007', '\u009b2J\u0085', '\u202egnp.exe\u2066',
  'a\u200bb\ufeff\u2028',
  '\n::error::forged', '\n  ::set-output name=x::y',
  '\r##vso[task.complete result=Failed]', '##[error]forged', ']]></failure><x',
  '<script>alert(1)</script>', '"\'&lt;', '\u{e0041}', '\n1 association in 1 template: no findings',
].join(' ');

/** The same for the name of a file, which has neither `/` nor NUL. */
export const HOSTILE_NAME = `${HOSTILE.replace(/\//g, '|').slice(0, 180)} ]]>##vso[x]`;

/** Reasons why the text is not safe to show. It knows nothing of how the command makes text visible. */
export function dangersIn(output: string, colors = false): string[] {
  const plain = colors ? output.replace(/\u001b\[(?:[0-9]|[1-9][0-9])m/g, '').replace(/\r\n/g, '\n') : output;
  const isMarkup = /^<(!DOCTYPE|\?xml)/.test(plain);
  return [
    ...(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(plain) ? ['a control character'] : []),
    ...(/[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\u{e0041}/u.test(plain)
      ? ['an invisible character'] : []),
    ...(/^\s*::[a-z]/im.test(plain) ? ['a command for GitHub Actions'] : []),
    ...(/##(vso)?\[/i.test(plain) ? ['a command for Azure Pipelines'] : []),
    ...(!isMarkup && /^1 association in 1 template: no findings/m.test(plain) ? ['a forged line'] : []),
    ...(isMarkup && /<\/failure><x|<script>alert/.test(plain) ? ['forged markup'] : []),
  ];
}
