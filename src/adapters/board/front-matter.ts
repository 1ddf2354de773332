/** Where the YAML of a task file begins and ends; offsets into the text, the fences excluded. */
export type FrontMatter = {
  readonly yamlStart: number;
  readonly yamlEnd: number;
  readonly bodyStart: number;
};

/** Front matter is read by eye; more than this is a mistake or an attack. */
const frontMatterCharsMax = 64_000;
const linesMax = 1_000;

const openingFence = /^\uFEFF?---[ \t]*(?:\r\n|\n|\r)/;
const closingFence = /^(?:---|\.\.\.)[ \t]*$/m;

/** Finds the front matter, or says in words why there is none. */
export function findFrontMatter(text: string): FrontMatter | { readonly problem: string } {
  const opening = openingFence.exec(text);
  if (opening === null)
    return { problem: 'there is no front matter: begin the file with a line “---”' };
  const yamlStart = opening[0].length;
  const head = text.slice(yamlStart, yamlStart + frontMatterCharsMax);
  const closing = closingFence.exec(head);
  if (closing === null) {
    const problem =
      head.length < frontMatterCharsMax
        ? 'the front matter has no end: close it with a line “---”'
        : `the front matter is longer than ${frontMatterCharsMax / 1000} kB: move text below the closing “---”`;
    return { problem };
  }
  const yamlEnd = yamlStart + closing.index;
  if (lineOf(text.slice(yamlStart, yamlEnd), yamlEnd) > linesMax)
    return { problem: `the front matter has more than ${linesMax} lines: move text below it` };
  const fenceEnd = yamlEnd + closing[0].length;
  const lineBreak = /^(?:\r\n|\n|\r)?/.exec(text.slice(fenceEnd, fenceEnd + 2)) ?? [''];
  return { yamlStart, yamlEnd, bodyStart: fenceEnd + lineBreak[0].length };
}

/** The line of an offset, from 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}
