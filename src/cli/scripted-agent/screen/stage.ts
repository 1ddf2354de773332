import { setTimeout as sleep } from 'node:timers/promises';
import { cleanBlock, cleanText } from '../../../lib/clean-text.ts';
import { cutText, textWidth } from '../../../lib/text-width.ts';
import { InputBox } from './input-box.ts';
import { Page } from './page.ts';
import { bold, cyan, dim, green, red, yellow } from './style.ts';

/** What the agent shows itself to be doing. */
export type Mood = 'idle' | 'working' | 'asking' | 'exhausted';

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const glyphs: Readonly<Record<Exclude<Mood, 'working'>, string>> = {
  idle: '✳',
  asking: '✋',
  exhausted: '✖',
};
const tickMs = 250;
/** Streaming pace: one word in this time. */
const wordMs = 35;
const blockLinesMax = 10;

/** The conversation as it is seen: finished text above, the footer with status and input box below. */
export class Stage {
  readonly input = new InputBox();
  readonly page: Page;
  readonly #title: string;
  readonly #speed: number;
  #mood: Mood = 'idle';
  #question: string | null = null;
  #hint = '';
  #shownTitle = '';
  #partial = '';
  #busySince = 0;
  #tick = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(agent: string, speed: number) {
    this.page = new Page(process.stdout);
    this.#title = `scripted ${agent}`;
    this.#speed = speed;
  }

  /** Where the hint line says what the agent is about. */
  set hint(text: string) {
    this.#hint = text;
    this.draw();
  }

  setMood(mood: Mood, question: string | null = null): void {
    if (mood === 'working' && this.#mood === 'idle') this.#busySince = performance.now();
    this.#mood = mood;
    this.#question = question;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = mood === 'working' ? setInterval(() => this.#advance(), tickMs) : null;
    this.draw();
  }

  /** Draws nothing of its own any more, and trusts nothing that it drew. */
  freeze(): void {
    this.#shownTitle = '';
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  draw(): void {
    const glyph =
      this.#mood === 'working' ? spinner[this.#tick % spinner.length] : glyphs[this.#mood];
    const box = this.input.shown;
    const shown = cleanText(box).slice(-Math.max(1, this.page.columns - 4));
    const rule = dim('─'.repeat(this.page.columns - 1));
    const top = this.#question === null ? this.#statusLines() : this.#questionLines(this.#question);
    const lines = [...top, rule, `${cyan('>')} ${shown}`, rule, dim(this.#hint)];
    const column = Math.min(this.page.columns - 2, 2 + textWidth(shown));
    const cursor = this.#question === null ? { line: top.length + 1, column } : null;
    this.#showTitle(`${glyph} ${this.#title}`);
    this.page.setFooter({ partial: this.#partial, lines, cursor });
  }

  print(...lines: readonly string[]): void {
    this.page.print(lines);
  }

  /** A tool and what came of it: `● Bash npm test`, the output indented and cut in the middle. */
  printBlock(tool: string, subject: string, output: string, isGood: boolean): void {
    const lines = cleanBlock(output)
      .trimEnd()
      .split('\n')
      .filter(line => line.trim() !== '');
    const head = lines.slice(0, blockLinesMax / 2);
    const tail = lines.slice(Math.max(head.length, lines.length - blockLinesMax / 2));
    const hidden = lines.length - head.length - tail.length;
    const shown = [...head, ...(hidden > 0 ? [`… ${hidden} more lines`] : []), ...tail];
    const width = this.page.columns - 1;
    const bullet = isGood ? green('●') : red('●');
    const title = cutText(cleanText(subject), width - tool.length - 3);
    const indented = shown.map((line, index) =>
      dim(cutText(`${index === 0 ? '  ⎿ ' : '    '}${line}`, width)),
    );
    this.print('', `${bullet} ${bold(tool)} ${title}`, ...indented);
  }

  printProblem(text: string): void {
    this.print('', `${red('✗')} ${cleanText(text)}`);
  }

  /** Writes an answer word by word, as a model streams it. */
  async stream(text: string, signal: AbortSignal): Promise<void> {
    this.print('');
    this.#partial = `${green('●')} `;
    let column = 2;
    try {
      for (const word of cleanText(text).split(' ').filter(Boolean)) {
        if (column + word.length >= this.page.columns - 1) {
          this.#endLine();
          column = 2;
        }
        this.#partial += `${word} `;
        column += word.length + 1;
        this.draw();
        await sleep(wordMs / this.#speed, undefined, { signal });
      }
    } finally {
      this.#endLine();
      this.#partial = '';
      this.draw();
    }
  }

  /** Gives the terminal back as it was. */
  close(farewell: string): void {
    this.freeze();
    this.page.setFooter({ partial: '', lines: [], cursor: { line: 0, column: 0 } });
    process.stdout.write(`${farewell}\x1b[?2004l\x1b[?25h\x1b]0;\x07`);
  }

  #showTitle(title: string): void {
    if (title !== this.#shownTitle) process.stdout.write(`\x1b]0;${title}\x07`);
    this.#shownTitle = title;
  }

  #endLine(): void {
    const line = this.#partial;
    this.#partial = '  ';
    this.print(line);
  }

  #advance(): void {
    this.#tick += 1;
    this.draw();
  }

  #statusLines(): readonly string[] {
    if (this.#mood === 'exhausted') return ['', red('✖ The context window is full.')];
    if (this.#mood !== 'working') return [''];
    const seconds = Math.floor((performance.now() - this.#busySince) / 1_000);
    const glyph = spinner[this.#tick % spinner.length];
    return ['', `${yellow(`${glyph} Working…`)} ${dim(`(${seconds}s · esc to interrupt)`)}`];
  }

  #questionLines(command: string): readonly string[] {
    return [
      '',
      yellow('Allow this command?'),
      `  ${bold(cleanText(command))}`,
      '  1. Yes',
      `  2. No ${dim('(esc)')}`,
    ];
  }
}
