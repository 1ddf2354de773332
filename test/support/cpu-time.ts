/**
 * Milliseconds of processor time that a synchronous piece of work took. Unlike the clock on the wall it
 * says the same on a busy machine, so a bound on it can tell a hang from a neighbour.
 */
export function cpuMsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
