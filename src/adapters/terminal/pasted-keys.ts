/**
 * The keys that paste `text`. Without escape and control characters it can neither end the paste
 * early nor press a key of its own.
 */
export function pastedKeys(text: string, isBracketed: boolean): string {
  const safe = text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');
  // Outside of brackets a line ends as the Enter key does.
  return isBracketed ? `\x1b[200~${safe}\x1b[201~` : safe.replaceAll('\n', '\r');
}
