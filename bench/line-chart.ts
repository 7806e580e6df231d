/** Line charts as SVG, in panels side by side: x from 1, y on a logarithmic scale. */
export interface Line {
  readonly name: string;
  readonly points: ReadonlyArray<readonly [x: number, y: number]>;
}

export interface Panel {
  readonly title: string;
  readonly lines: readonly Line[];
}

const WIDTH = 320;
const HEIGHT = 240;
const MARGIN = { left: 72, right: 16, top: 32, bottom: 56 };
const COLORS = ['#1f77b4', '#d62728', '#2ca02c', '#9467bd'];

/** `unit` is that of y. */
export function lineCharts(panels: readonly Panel[], unit: string): string {
  const values = panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(([, y]) => y)));
  // The same scale in all panels, in whole decades.
  const [from, to] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const width = panels.length * (MARGIN.left + WIDTH + MARGIN.right);
  const height = MARGIN.top + HEIGHT + MARGIN.bottom;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...panels.map((panel, i) => `<g transform="translate(${i * width / panels.length + MARGIN.left} ${MARGIN.top})">\n${drawn(panel, from, to, unit)}\n</g>`),
    '</svg>',
    '',
  ].join('\n');
}

function drawn({ title, lines }: Panel, from: number, to: number, unit: string): string {
  const most = Math.max(...lines.flatMap(({ points }) => points.map(([x]) => x)));
  const across = (x: number) => round((x - 1) / Math.max(most - 1, 1) * WIDTH);
  const down = (y: number) => round((to - Math.log10(y)) / Math.max(to - from, 1) * HEIGHT);
  const decades = Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  return [
    text(WIDTH / 2, -12, title, 'middle'),
    ...decades.map((y) => `<line x1="0" x2="${WIDTH}" y1="${down(y)}" y2="${down(y)}" stroke="#ddd"/>${text(-6, down(y) + 4, `${y.toLocaleString('en-US')} ${unit}`, 'end')}`),
    ...[1, Math.ceil(most / 2), most].map((x) => text(across(x), HEIGHT + 16, String(x), 'middle')),
    ...lines.map(({ name, points }, i) => [
      `<polyline fill="none" stroke="${COLORS[i]}" points="${points.map(([x, y]) => `${across(x)},${down(y)}`).join(' ')}"/>`,
      `<g fill="${COLORS[i]}">${text(i * WIDTH / lines.length, HEIGHT + 40, name, 'start')}</g>`,
    ].join('\n')),
  ].join('\n');
}

function text(x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${content.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</text>`;
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
