import type { AgentId } from '../../src/core/ids.ts';
import type {
  Assignment,
  Mail,
  MailAnswer,
  Mailbox,
  MailListener,
} from '../../src/ports/mailbox.ts';

type Posted = {
  readonly mail: Mail;
  readonly name: string;
  readonly answer: (answer: MailAnswer) => void;
};

/** Mail in lists. What is posted before anybody listens, or to a closed box, waits. */
export class MemoryMailbox implements Mailbox {
  /** What each agent holds, as its worktree would tell it. */
  readonly assignments = new Map<AgentId, Assignment | null>();
  readonly #opened = new Set<AgentId>();
  readonly #posted = new Map<AgentId, Posted[]>();
  readonly #busy = new Set<AgentId>();
  #count = 0;
  #listener: MailListener | null = null;

  /** What the `belfry` command does in a worktree. Resolves with Belfry's answer. */
  post(agent: AgentId, mail: Mail): Promise<MailAnswer> {
    return new Promise(answer => {
      const queue = this.#posted.get(agent) ?? [];
      this.#count += 1;
      queue.push({ mail, name: `${this.#count}.json`, answer });
      this.#posted.set(agent, queue);
      void this.#deliver(agent);
    });
  }

  async open(agent: AgentId): Promise<void> {
    await null;
    this.#opened.add(agent);
    void this.#deliver(agent);
  }

  async writeAssignment(agent: AgentId, assignment: Assignment | null): Promise<void> {
    await null;
    this.assignments.set(agent, assignment);
  }

  onMail(listener: MailListener): void {
    this.#listener = listener;
    for (const agent of this.#opened) void this.#deliver(agent);
  }

  async close(): Promise<void> {
    await null;
    this.#listener = null;
  }

  async #deliver(agent: AgentId): Promise<void> {
    if (this.#busy.has(agent) || !this.#opened.has(agent)) return;
    this.#busy.add(agent);
    await null;
    const queue = this.#posted.get(agent) ?? [];
    while (queue.length > 0 && this.#listener !== null) {
      const { mail, name, answer } = queue[0] as Posted;
      const answered = await this.#listener(agent, mail, name).catch(() => null);
      // Refused by a throw: it stays, as a file would.
      if (answered === null) break;
      queue.shift();
      answer(answered);
    }
    this.#busy.delete(agent);
  }
}
