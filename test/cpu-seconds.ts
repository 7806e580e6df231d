/** The processor time of some work. It depends far less on what else the machine does than the time on a clock. */
export function cpuSecondsOf(work: () => void): number {
  const { user: before } = process.cpuUsage();
  work();
  return (process.cpuUsage().user - before) / 1_000_000;
}
