/**
 * What a step says to the runner: annotations on standard output, and outputs in a file.
 * Invariant: text of the input stays within its value. It ends no line, no property and no output, and it moves no cursor.
 */
const crypto = require('node:crypto');

/** Controls, format characters such as bidi overrides, line separators and lone surrogates become JSON escapes, as the command prints them. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

function visible(text) {
  return text.replace(UNSAFE, (found) => Array.from({ length: found.length },
    (_, i) => `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''));
}

/** @see https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapeData(text) {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text) {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/**
 * An annotation as a line of standard output.
 * @param level `error`, `warning` or `notice`
 * @param properties such as `file` and `line`; those without a value are left out
 */
function annotationLine(level, properties, message) {
  const written = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${escapeProperty(visible(`${value}`))}`);
  const text = message.split('\n').map(visible).join('\n');
  return `::${level}${written.length === 0 ? '' : ` ${written.join(',')}`}::${escapeData(text)}\n`;
}

/** Outputs as lines of the file `GITHUB_OUTPUT`. Nobody can guess the delimiter, so no value ends before its end. */
function outputLines(outputs) {
  return Object.entries(outputs).map(([name, value]) => {
    const delimiter = `end-${crypto.randomUUID()}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
  }).join('');
}

module.exports = { annotationLine, outputLines };
