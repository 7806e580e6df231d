/** The lines of a stream, without their ends. */
export async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const part of stream) {
    const lines = `${rest}${decoder.decode(part as Buffer, { stream: true })}`.split('\n');
    rest = lines.pop()!;
    if (lines.length > 0) { yield lines; }
  }
  rest += decoder.decode();
  if (rest !== '') { yield [rest]; }
}
