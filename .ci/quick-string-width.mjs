// Stands for string-width in the bundle. What that package prepares while it loads (a pattern of every
// emoji) takes 20 ms of a start, and text without any wide character needs none of it.
const styles = /\u{1B}\[[\d;:]*m/gu;
const wideOrControl =
  /[^ -~\u00a0-\u00ac\u00ae-\u024f\u0370-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u203a\u2190-\u21ff\u2200-\u22ff\u2500-\u25fc\u2713]/;

// biome-ignore lint/style/noDefaultExport: imported by this name.
export default function stringWidth(text, options) {
  const plain =
    text.includes('\x1b') && !options?.countAnsiEscapeCodes ? text.replace(styles, '') : text;
  if (!wideOrControl.test(plain)) return plain.length;
  return require('real-string-width').default(text, options);
}
