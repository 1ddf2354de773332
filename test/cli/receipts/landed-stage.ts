import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTrunk } from '../../../src/adapters/git/trunk.ts';
import { openJournal } from '../../../src/adapters/journal/file-journal.ts';
import { openReceipts } from '../../../src/adapters/receipts/open-receipts.ts';
import { receiptPaths } from '../../../src/adapters/receipts/receipt-paths.ts';
import { verifyRepository } from '../../../src/cli/receipts/verify-repository.ts';
import { outcomeOf } from '../../../src/cli/receipts/verify-words.ts';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event, EventBody } from '../../../src/core/event.ts';
import type { Candidate } from '../../../src/core/record/candidate.ts';
import { gateRunName } from '../../../src/core/record/gate-run-name.ts';
import { emptyState } from '../../../src/core/state.ts';
import { Lanes } from '../../../src/supervisor/lanes.ts';
import { ReceiptDesk } from '../../../src/supervisor/receipts/receipt-desk.ts';
import { details, eng1, task1, task2, temporaryTeam } from '../../adapters/git/temporary-team.ts';
import { plainContent } from '../../contract/plain-content.ts';

type Options = {
  /** Nothing is signed and no receipt written: as by a Belfry that knew none. */
  readonly without?: boolean;
};

/** A repository on which two tasks landed, with journal, receipts and gate logs, in a folder of its own. */
export async function landedStage(options: Options = {}) {
  const team = await temporaryTeam();
  const { state, root } = team;
  const paths = receiptPaths(state.receipts);
  const opened = { root: team.repository, branch: 'main', state };
  const openAt = (facts: number) =>
    openReceipts({ folder: state.receipts, gateLogs: state.gateLogs, facts });
  const journal = await openJournal(state.journal, { epoch: 1 });
  const first = options.without === true ? null : await openAt(0);
  const trunk = createTrunk({ ...team.given, signer: first?.signer ?? null });
  const events: Event[] = [];
  const tell = (...bodies: readonly EventBody[]) =>
    events.push(...bodies.map((body, index) => ({ ...body, at: Date.now() + index })));

  tell(
    { type: 'run.started', trunk: 'main', head: team.base },
    { type: 'agent.joined', agent: eng1, role: 'engineer', cli: 'scripted' },
  );
  const landed: Candidate[] = [];
  for (const task of [task1, task2]) {
    const about = { task, attempt: 1 } as const;
    const head = await team.work({ [`${task}.txt`]: 'done\n' }, task);
    const built = await trunk.build(task, 1, details);
    if (built.kind !== 'built') throw new Error(built.kind);
    const { candidate } = built;
    await trunk.land(task, candidate);
    landed.push(candidate);
    const log = join(state.gateLogs, `${gateRunName(task, 1, 1, 'candidate')}.log`);
    writeFileSync(log, `$ npm test\nall of ${task} is well\n`);
    const content = { ...plainContent, title: `Do ${task}` };
    tell(
      { type: 'task.added', task, by: 'person', content, column: 'ready', planned: true },
      { type: 'task.assigned', ...about, agent: eng1, why: 'free' },
      { type: 'attempt.submitted', ...about, head, summary: 'done', claimed: true },
      { type: 'landing.started', ...about },
      { type: 'candidate.built', ...about, candidate, risks: [] },
      { type: 'gate.started', ...about, run: 1, subject: 'candidate' },
      { type: 'gate.passed', ...about, run: 1, durationMs: 900, flaky: false, command: 'npm test' },
      { type: 'landing.finished', ...about, commit: candidate.commit },
    );
  }
  await journal.append(events);
  await journal.close();
  await trunk.followCheckout();

  const attest = async (
    { receipts }: Awaited<ReturnType<typeof openReceipts>>,
    run: (desk: ReceiptDesk, lanes: Lanes) => Promise<unknown>,
  ) => {
    const complain = (why: unknown) => {
      throw new Error(String(why));
    };
    const lanes = new Lanes((_, error) => complain(error));
    await run(new ReceiptDesk({ receipts, lanes, now: Date.now, log: complain }), lanes);
    await lanes.drained();
    await receipts.close();
  };
  // Fact by fact, as turns are: each write is chained to the one before.
  const takeAll = async (desk: ReceiptDesk, lanes: Lanes) => {
    let before = emptyState;
    for (const event of events) {
      desk.take(before, [event]);
      await lanes.drained();
      before = apply(before, event);
    }
  };
  if (first !== null) await attest(first, takeAll);

  return {
    ...{ team, state, root, paths, opened, landed, trunk },
    /** What the next start does about receipts. */
    startAgain: async () => attest(await openAt(events.length), desk => desk.catchUp(events)),
    async noteRemoved(logs: readonly string[]) {
      const { receipts } = await openAt(events.length);
      await receipts.noteRemoved(logs);
      await receipts.close();
    },
    lines: () => readFileSync(paths.file, 'utf8').split('\n').slice(0, -1),
    rewrite: (lines: readonly string[]) =>
      writeFileSync(paths.file, lines.map(line => `${line}\n`).join('')),
    async verify(...words: readonly string[]) {
      const found = await verifyRepository(opened, words);
      const flaws = found.flaws.map(one => `${one.level}: ${one.place}: ${one.reason}`);
      return { ...found, outcome: outcomeOf(found), flaws };
    },
    remove: () => team.remove(),
  };
}

export type LandedStage = Awaited<ReturnType<typeof landedStage>>;

/** The statement in a line, changed, with everything around it left as it was. */
export function edited(line: string, change: (statement: Statement) => void): string {
  const envelope = JSON.parse(line) as { payload: string };
  const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString()) as Statement;
  change(statement);
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
  return JSON.stringify({ ...envelope, payload });
}

export type Statement = { predicate: Record<string, unknown> } & Record<string, unknown>;
