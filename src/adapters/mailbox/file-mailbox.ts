import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { AgentId } from '../../core/ids.ts';
import { messageOf } from '../../lib/thrown.ts';
import type { Log } from '../../ports/log.ts';
import type { Assignment, Mailbox, MailListener } from '../../ports/mailbox.ts';
import { writeFileAtomically } from '../system/atomic-file.ts';
import { collectMail } from './collect-mail.ts';
import { isOwnFolder, mailFolderOf, refuseLinks } from './mail-folder.ts';

/** Watches may be lost with a deleted worktree, or run out: looking anyway is what promises delivery. */
const anywayMs = 1_000;
/** Whoever waited for an answer has long given up. */
const answerAgeMaxMs = 60 * 60_000;

type Box = {
  worktree: string;
  readonly handled: Set<string>;
  /** Looks of one agent come one after the other. */
  turn: Promise<void>;
  /** A look that has not begun: it will see whatever comes until then. */
  isWanted: boolean;
};

const newBox = (worktree: string): Box => ({
  worktree,
  handled: new Set(),
  turn: Promise.resolve(),
  isWanted: false,
});

export function createMailbox(options: { readonly log: Log }): Mailbox {
  return new FileMailbox(options.log);
}

class FileMailbox implements Mailbox {
  readonly #log: Log;
  readonly #boxes = new Map<AgentId, Box>();
  readonly #assignments = new Map<AgentId, Assignment | null>();
  readonly #watcher: FSWatcher;
  readonly #anyway: NodeJS.Timeout;
  #listener: MailListener | null = null;
  #isClosed = false;

  constructor(log: Log) {
    this.#log = log;
    // The first scan also tells: what is written while it runs counts as having been there.
    this.#watcher = watch([], { followSymlinks: false, depth: 0 });
    this.#watcher.on('all', (_event, path) => this.#lookAt(path)).on('error', () => {});
    this.#anyway = setInterval(() => this.#lookAtAll(), anywayMs).unref();
  }

  async open(agent: AgentId, worktree: string): Promise<void> {
    const { outbox, answers } = mailFolderOf(worktree);
    refuseLinks(worktree);
    await mkdir(outbox, { recursive: true, mode: 0o700 });
    await mkdir(answers, { recursive: true, mode: 0o700 });
    for (const folder of [outbox, answers])
      if (!isOwnFolder(worktree, folder))
        throw new Error(`${folder} must be a folder of its own, not a link; remove it`);
    await dropOldAnswers(answers);
    const before = this.#boxes.get(agent);
    if (before !== undefined) this.#watcher.unwatch(mailFolderOf(before.worktree).outbox);
    this.#boxes.set(agent, before ?? newBox(worktree));
    if (before !== undefined) before.worktree = worktree;
    this.#watcher.add(outbox);
    const assignment = this.#assignments.get(agent);
    if (assignment !== undefined) await this.writeAssignment(agent, assignment);
    this.#look(agent);
  }

  async writeAssignment(agent: AgentId, assignment: Assignment | null): Promise<void> {
    this.#assignments.set(agent, assignment);
    const box = this.#boxes.get(agent);
    if (box === undefined) return;
    const { assignment: path } = mailFolderOf(box.worktree);
    refuseLinks(box.worktree);
    if (assignment === null) return rm(path, { force: true, recursive: true });
    await mkdir(dirname(path), { recursive: true });
    if (!isOwnFolder(box.worktree, dirname(path)))
      throw new Error(`${dirname(path)} must be a folder of its own, not a link; remove it`);
    await writeFileAtomically(path, `${JSON.stringify(assignment, null, 2)}\n`);
  }

  onMail(listener: MailListener): void {
    this.#listener = listener;
    this.#lookAtAll();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#anyway);
    await this.#watcher.close();
    await Promise.all(Array.from(this.#boxes.values(), box => box.turn));
  }

  #lookAtAll(): void {
    for (const agent of this.#boxes.keys()) this.#look(agent);
  }

  #lookAt(path: string): void {
    for (const [agent, { worktree }] of this.#boxes)
      if (path.startsWith(worktree)) this.#look(agent);
  }

  #look(agent: AgentId): void {
    const box = this.#boxes.get(agent);
    if (box === undefined || box.isWanted || this.#isClosed || this.#listener === null) return;
    box.isWanted = true;
    box.turn = box.turn.then(() => {
      box.isWanted = false;
      return this.#collect(agent, box);
    });
  }

  /** Nothing that an agent does to its folders, and no refusal to take mail, may end the others’ mail. */
  async #collect(agent: AgentId, { worktree, handled }: Box): Promise<void> {
    const listener = this.#listener;
    if (this.#isClosed || listener === null || !existsSync(worktree)) return;
    try {
      await collectMail(worktree, handled, async (mail, name) => {
        if (this.#isClosed) throw new Error('Belfry is ending; it reads this after the next start');
        return listener(agent, mail, name);
      });
      const assignment = this.#assignments.get(agent);
      const isLost = assignment && !existsSync(mailFolderOf(worktree).assignment);
      if (isLost) await this.writeAssignment(agent, assignment);
    } catch (error) {
      this.#log.write(`mail of ${agent}: ${messageOf(error)}`);
    }
  }
}

async function dropOldAnswers(answers: string): Promise<void> {
  for (const name of await readdir(answers)) {
    const path = join(answers, name);
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
    if (age > answerAgeMaxMs) await rm(path, { force: true, recursive: true });
  }
}
