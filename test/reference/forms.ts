/** Whether an ARN of a policy, wildcards and variables included, may be one of the form. Slow and simple. */
export function meetsForm(arn: string, form: string): boolean {
  const [fields, forms] = [fieldsOf(arn), fieldsOf(form)];
  return fields.every((field, i) => mayBeEqual(field, forms[i]))
    && !(forms[5].length === 1 && fields[5].some((token) => token === '/' || token === ':')); // a name
}

const MANY = 'many';
const ONE = 'one';

function fieldsOf(arn: string): string[][] {
  const tokens = arn.split(/(\$\{[^}]*\})/).flatMap((piece) => (
    piece.startsWith('${') ? [MANY] : [...piece].map((char) => (char === '*' ? MANY : char === '?' ? ONE : char))));
  const fields: string[][] = [[]];
  for (const token of tokens) {
    if (token === ':' && fields.length < 6) { fields.push([]); } else { fields[fields.length - 1].push(token); }
  }
  return fields;
}

function mayBeEqual(a: readonly string[], b: readonly string[] = []): boolean {
  const seen = new Set<string>();
  const open: Array<[number, number]> = [[0, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [i, j] = next;
    if (i === a.length && j === b.length) { return true; }
    if (seen.has(next.join())) { continue; }
    seen.add(next.join());
    if (a[i] === MANY) { open.push([i + 1, j]); }
    if (b[j] === MANY) { open.push([i, j + 1]); }
    if (i === a.length || j === b.length) { continue; }
    if (a[i] === MANY) { open.push([i, j + 1]); }
    if (b[j] === MANY) { open.push([i + 1, j]); }
    if (a[i] === b[j] || a[i] === ONE || b[j] === ONE) { open.push([i + 1, j + 1]); }
  }
  return false;
}
