import type { StatusReading } from '../ports/agent-cli.ts';

/** The same text asked twice is two questions: an answer to the first must not meet the second. */
export class QuestionSerial {
  readonly #session: string;
  #serial = 0;
  #asked: string | null = null;

  constructor(session: string) {
    this.#session = session;
  }

  number(reading: StatusReading): StatusReading {
    const { question, status } = reading;
    if (question === null) {
      if (status !== 'unknown') this.#asked = null;
      return reading;
    }
    if (question.id !== this.#asked) this.#serial += 1;
    this.#asked = question.id;
    return {
      ...reading,
      question: { ...question, id: `${this.#session} ${this.#serial} ${question.id}` },
    };
  }
}
