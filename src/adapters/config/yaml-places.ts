import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { mayNestDeeply } from '../../lib/nesting-bound.ts';

/** Where something is in a text, from 1. */
export type Place = { readonly line: number; readonly column: number };

export type YamlProblem = Place & { readonly message: string };

/** A YAML text as plain values, with the place of each in the text. */
export type PlacedYaml = {
  readonly value: unknown;
  /** Where a path is; of what is missing, the nearest thing around it. `isKey`: of the key, not its value. */
  placeOf(path: readonly PropertyKey[], isKey: boolean): Place;
};

const problemsMax = 20;

/** Reads YAML without aliases. `what` names the thing that the text describes: “a team”. */
export function readPlacedYaml(
  text: string,
  what: string,
  charsMax: number,
): PlacedYaml | { readonly problems: readonly YamlProblem[] } {
  const refused = (message: string) => ({ problems: [{ line: 1, column: 1, message }] });
  if (text.length > charsMax) return refused(`the file is too long for ${what}`);
  if (mayNestDeeply(text)) return refused('the file is nested too deep');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter });
  const at = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0)
    return {
      problems: document.errors
        .slice(0, problemsMax)
        .map(error => ({ ...at(error.pos[0]), message: yamlMessage(error) })),
    };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return refused('aliases (*name) are not taken: write the value out');
  }
  return { value, placeOf: (path, isKey) => at(offsetOf(document.contents, path, isKey)) };
}

/** Where a path is in the text; of what is missing, the nearest thing around it. */
function offsetOf(root: Node | null, path: readonly PropertyKey[], isKey: boolean): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(one => isScalar(one.key) && String(one.key.value) === step);
      if (pair === undefined) return offset;
      const keyOffset = (pair.key as Node).range?.[0] ?? offset;
      const isLast = index === path.length - 1;
      const value = pair.value as Node | null;
      const isEmpty = value === null || (isScalar(value) && value.value === null);
      offset =
        (isLast && isKey) || isEmpty || !isLast ? keyOffset : (value.range?.[0] ?? keyOffset);
      node = value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

function yamlMessage({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): string {
  if (code === 'DUPLICATE_KEY') return 'this key is there twice: keep one';
  return message.replace(/\s+/g, ' ').trim();
}
