import type { StatusReading } from '../ports/agent-cli.ts';

/** An answered question that stands so long was not answered: its keys came before the dialog took any. */
const askAgainMs = 3_000;

/**
 * Numbers the questions of a session. The same text asked twice is two questions: an answer to the first must
 * not meet the second.
 */
export class QuestionSerial {
  readonly #session: string;
  #serial = 0;
  #asked: string | null = null;
  #answeredAt: number | null = null;

  constructor(session: string) {
    this.#session = session;
  }

  /** The newest question was answered. When it stays, it is asked again. */
  answered(now: number): void {
    this.#answeredAt = now;
  }

  /** When an answered question that stands is asked again; null: none was answered. */
  get askAgainAt(): number | null {
    return this.#answeredAt === null ? null : this.#answeredAt + askAgainMs;
  }

  number(reading: StatusReading, now: number): StatusReading {
    const { question, status } = reading;
    if (question === null) {
      this.#answeredAt = null;
      if (status !== 'unknown') this.#asked = null;
      return reading;
    }
    const isLeft = this.askAgainAt !== null && now >= this.askAgainAt;
    if (question.id !== this.#asked || isLeft) {
      this.#serial += 1;
      this.#answeredAt = null;
    }
    this.#asked = question.id;
    return {
      ...reading,
      question: { ...question, id: `${this.#session} ${this.#serial} ${question.id}` },
    };
  }
}
