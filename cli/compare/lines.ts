/** The lines of a stream, without their ends: as many at a time as come together. */
export async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const part of stream) {
    const lines = decoder.decode(part as Buffer, { stream: true }).split('\n');
    lines[0] = rest + lines[0];
    rest = lines.pop()!;
    if (lines.length > 0) { yield lines; }
  }
  rest += decoder.decode();
  if (rest !== '') { yield [rest]; }
}
