/**
 * One line of output without what changes from run to run although nothing did: times, durations, places in
 * files, folders, addresses, ids, counts. Two lines that say the same thing become the same text.
 */
export function normaliseLine(line: string): string {
  return line
    .replace(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/g, '<time>')
    .replace(/\b\d\d?:\d\d(:\d\d(\.\d+)?)?\b/g, '<time>')
    .replace(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '<id>')
    .replace(/\b0x[0-9a-f]+\b/gi, '<hex>')
    .replace(/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b/gi, '<hex>')
    .replace(/(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][\w.@~+-]+)+[\\/]([\w.@~+-]+)/g, '$1')
    .replace(
      /\b\d+(?:[.,]\d+)*(?:\s?(?:ns|µs|us|ms|s|sec|seconds?|m|min|minutes?|%|[kMG]i?B))?\b/g,
      '#',
    )
    .replace(/\s+/g, ' ')
    .trim();
}
