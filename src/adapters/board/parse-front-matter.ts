import { isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar } from 'yaml';
import { mayNestDeeply } from '../../lib/nesting-bound.ts';
import { type FrontMatter, lineOf } from './front-matter.ts';

/** A value as it is written, without a type guessed for it: `0123` and `1.10` stay what they are. */
export type Written = { readonly text: string; readonly line: number };

/** The keys that are asked for, and nothing else: no object is ever built from the file's own keys. */
export type Fields = {
  /** Null when the key is missing or empty. Throws `FieldProblem` for anything but one plain value. */
  one(key: string): Written | null;
  /** A list, or one value standing for a list of one. */
  list(key: string): readonly Written[];
  /** Line of the key, or of the front matter when it is missing. */
  lineOf(key: string): number;
  /** Offsets in the whole text of the value of a key; an empty value has an empty range behind the colon. */
  rangeOf(key: string): readonly [number, number] | null;
};

/** What is wrong with a file, for whoever wrote it. */
export class FieldProblem extends Error {
  override readonly name = 'FieldProblem';
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** Reads the YAML between the fences. Throws `FieldProblem`. */
export function parseFrontMatter(text: string, { yamlStart, yamlEnd }: FrontMatter): Fields {
  const yaml = text.slice(yamlStart, yamlEnd);
  const firstLine = lineOf(text, yamlStart);
  const lineAt = (offset: number) => firstLine + lineOf(yaml, offset) - 1;
  if (mayNestDeeply(yaml)) throw new FieldProblem(firstLine, 'the front matter is nested too deep');
  // Looking for keys that are there twice is quadratic in their number; ours are looked up below.
  const document = parseDocument(yaml, { prettyErrors: false, uniqueKeys: false, strict: true });
  const [error] = document.errors;
  if (error !== undefined)
    throw new FieldProblem(lineAt(error.pos[0]), `the front matter is not YAML: ${error.message}`);
  const { contents } = document;
  if (!isMap(contents) || contents.flow === true)
    throw new FieldProblem(firstLine, 'the front matter must be lines of the form “key: value”');

  const find = (key: string): Pair | null => {
    const found = contents.items.filter(pair => isScalar(pair.key) && pair.key.value === key);
    const second = found[1];
    if (second !== undefined) {
      const line = lineAt((second.key as Scalar).range?.[0] ?? 0);
      throw new FieldProblem(line, `“${key}” is there twice: keep one`);
    }
    return found[0] ?? null;
  };
  const lineOfKey = (key: string) =>
    lineAt((find(key)?.key as Scalar | undefined)?.range?.[0] ?? 0);
  const written = (key: string, node: unknown): Written => {
    const line = lineOfKey(key);
    if (!isScalar(node)) throw new FieldProblem(line, `“${key}” must be plain text`);
    return { text: writtenText(node), line: lineAt(node.range?.[0] ?? 0) };
  };
  return {
    one(key) {
      const value = find(key)?.value;
      if (value === undefined || isEmpty(value)) return null;
      return written(key, value);
    },
    list(key) {
      const value = find(key)?.value;
      if (value === undefined || isEmpty(value)) return [];
      const items = isSeq(value) ? value.items : [value];
      return items.filter(item => !isEmpty(item)).map(item => written(key, item));
    },
    lineOf: lineOfKey,
    rangeOf(key) {
      const value = find(key)?.value;
      if (!isScalar(value) || !value.range) return null;
      return [yamlStart + value.range[0], yamlStart + value.range[1]];
    },
  };
}

const isEmpty = (node: unknown): boolean =>
  node === null || (isScalar(node) && node.value === null);

function writtenText(node: Scalar): string {
  if (typeof node.value === 'string') return node.value;
  return node.source ?? String(node.value);
}
