import type { Key } from './key-reader.ts';

type Part = { readonly type: 'text' | 'paste'; readonly text: string };

/** The line that is being typed. Pastes of several lines are shown folded and submitted in full. */
export class InputBox {
  #parts: readonly Part[] = [];

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  get shown(): string {
    return this.#parts.map(folded).join('');
  }

  take(key: Key): void {
    if (key.type === 'paste' || key.type === 'text') this.#add(key);
    if (key.type === 'backspace') this.#removeLast();
    if (key.type === 'clear') this.#parts = [];
  }

  /** What was typed, and an empty box. */
  submit(): string {
    const text = this.#parts.map(part => part.text).join('');
    this.#parts = [];
    return text;
  }

  #add(part: Part): void {
    const last = this.#parts.at(-1);
    this.#parts =
      last?.type === 'text' && part.type === 'text'
        ? [...this.#parts.slice(0, -1), { type: 'text', text: last.text + part.text }]
        : [...this.#parts, part];
  }

  #removeLast(): void {
    const last = this.#parts.at(-1);
    const rest = this.#parts.slice(0, -1);
    const shorter = last?.type === 'text' ? [...last.text].slice(0, -1).join('') : '';
    this.#parts = shorter === '' ? rest : [...rest, { type: 'text', text: shorter }];
  }
}

function folded({ type, text }: Part): string {
  const lineCount = text.trimEnd().split('\n').length;
  return type === 'paste' && lineCount > 1
    ? `[pasted ${lineCount} lines]`
    : text.replaceAll('\n', ' ');
}

/** How a submitted text stands in the conversation: its first line, the rest folded. */
export function foldedPrompt(text: string): string {
  const [first = '', ...rest] = text.trim().split('\n');
  return rest.length === 0 ? first : `${first} [pasted ${rest.length + 1} lines]`;
}
