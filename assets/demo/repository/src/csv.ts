/** One row of fields per line. Empty lines are left out. */
export function parseCsv(text: string): string[][] {
  return text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => line.split(',').map(field => field.trim()));
}
