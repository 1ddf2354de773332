/** What a person or Belfry typed. */
export type Key =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'enter' | 'escape' | 'backspace' | 'clear' | 'interrupt' | 'end' };

const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';
/** Larger pastes are cut: no prompt is that long, and memory is not the terminal's to spend. */
const pasteCharsMax = 1_000_000;
const controls: Readonly<Record<string, Exclude<Key['type'], 'text' | 'paste'>>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x15': 'clear',
  '\x03': 'interrupt',
  '\x04': 'end',
};
/** Arrows, function keys, mouse and focus reports, answers of the terminal: nothing here reacts to them. */
const sequence =
  /^\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[P\]X^_][^\x07\x1b]*(?:\x07|\x1b\\)|[^[OP\]X^_\x1b])/;
const partialSequence = /^\x1b(?:\[[0-?]*[ -/]*|O|[P\]X^_][^\x07\x1b]{0,4096}\x1b?)?$/;

/** Takes keys out of terminal input, whose pieces may end anywhere. */
export class KeyReader {
  #pending = '';

  feed(chunk: string): readonly Key[] {
    this.#pending += chunk;
    const keys: Key[] = [];
    while (this.#pending !== '') {
      const taken = this.#take();
      if (taken === null) break;
      if (taken.key !== null) keys.push(taken.key);
      this.#pending = this.#pending.slice(taken.length);
    }
    return keys;
  }

  /** An escape character that nothing followed for a while was the Escape key. */
  flush(): readonly Key[] {
    if (!partialSequence.test(this.#pending)) return [];
    this.#pending = '';
    return [{ type: 'escape' }];
  }

  /** Null: more input has to come first. */
  #take(): { readonly key: Key | null; readonly length: number } | null {
    const input = this.#pending;
    if (input.startsWith(pasteStart)) return takePaste(input);
    if (input.startsWith('\x1b')) {
      if (partialSequence.test(input) || pasteStart.startsWith(input)) return null;
      const [whole] = sequence.exec(input) ?? [];
      return whole === undefined
        ? { key: { type: 'escape' }, length: 1 }
        : { key: null, length: whole.length };
    }
    const type = controls[input.charAt(0)];
    if (type !== undefined) return { key: { type }, length: 1 };
    const [text = ''] = /^[^\x00-\x1f\x7f]+/.exec(input) ?? [];
    return text === ''
      ? { key: null, length: 1 }
      : { key: { type: 'text', text }, length: text.length };
  }
}

function takePaste(input: string): { readonly key: Key; readonly length: number } | null {
  const end = input.indexOf(pasteEnd, pasteStart.length);
  if (end === -1 && input.length < pasteCharsMax) return null;
  const stop = end === -1 ? input.length : end;
  const text = input.slice(pasteStart.length, stop).replaceAll(/\r\n?/g, '\n');
  const length = end === -1 ? input.length : end + pasteEnd.length;
  return { key: { type: 'paste', text }, length };
}
