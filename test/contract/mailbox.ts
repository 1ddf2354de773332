import { afterEach, describe, expect, it } from 'vitest';
import type { AgentId, Oid, TaskId } from '../../src/core/ids.ts';
import type { Assignment, Mail, MailAnswer, Mailbox } from '../../src/ports/mailbox.ts';

export type ContractMailbox = {
  readonly mailbox: Mailbox;
  readonly worktreeOf: (agent: AgentId) => string;
  /** What the agent's command does; resolves with the answer. */
  post(agent: AgentId, mail: Mail): Promise<MailAnswer>;
  assignmentOf(agent: AgentId): Assignment | null;
  remove(): Promise<void>;
};

export const eng1 = 'eng-1' as AgentId;
const manager = 'manager' as AgentId;
const task = 'T-12' as TaskId;
const oid = 'a'.repeat(40) as Oid;

const everyMail: readonly Mail[] = [
  { kind: 'done', task, attempt: 2, head: oid, summary: 'did it' },
  { kind: 'blocked', task, attempt: 2, why: 'no key\nand no network' },
  { kind: 'note', to: manager, text: 'look at src/a.ts' },
  { kind: 'note', to: manager, text: 'at once', isUrgent: true },
  { kind: 'note', to: 'person', text: '✓' },
  {
    kind: 'addTask',
    content: {
      ...{ title: 'x', priority: 'low', tags: ['a'], dependsOn: [task], files: ['src/**'] },
      ...{ accept: ['true'], estimateMinutes: null, body: '' },
    },
  },
  { kind: 'guide', task, text: 'try the other way' },
  { kind: 'reassign', task, to: null, text: null },
  { kind: 'reassign', task, to: eng1, text: 'yours' },
  { kind: 'drop', task, why: 'not needed' },
  { kind: 'ask', task, text: 'which?' },
];

export const note = (text: string): Mail => ({ kind: 'note', to: manager, text });

/** What every implementation of the port `Mailbox` has to do. */
export function describeMailbox(name: string, create: () => ContractMailbox): void {
  describe(`${name} keeps the contract of mailboxes`, () => {
    let box: ContractMailbox;
    const open = async (...agents: readonly AgentId[]) => {
      box = create();
      for (const agent of agents) await box.mailbox.open(agent, box.worktreeOf(agent));
      return box;
    };
    afterEach(async () => {
      await box.mailbox.close();
      await box.remove();
    });

    it('mail of every kind arrives as it was posted, and is answered', async () => {
      const { mailbox, post } = await open(eng1);
      const seen: Mail[] = [];
      mailbox.onMail(async (agent, mail) => {
        expect(agent).toBe(eng1);
        seen.push(mail);
        return { isAccepted: mail.kind === 'done', text: mail.kind };
      });
      for (const mail of everyMail)
        expect(await post(eng1, mail)).toEqual({
          isAccepted: mail.kind === 'done',
          text: mail.kind,
        });
      expect(seen).toEqual(everyMail);
    });

    it('mail written while nobody listened arrives once, in order', async () => {
      const { mailbox, post, worktreeOf } = await open();
      const answers = [post(eng1, note('1')), post(eng1, note('2')), post(eng1, note('3'))];
      const seen: Mail[] = [];
      mailbox.onMail(async (_agent, mail) => {
        seen.push(mail);
        return { isAccepted: true, text: 'ok' };
      });
      await mailbox.open(eng1, worktreeOf(eng1));
      await Promise.all(answers);
      await mailbox.open(eng1, worktreeOf(eng1));
      await post(eng1, note('4'));
      expect(seen).toEqual(['1', '2', '3', '4'].map(note));
    });

    it('one agent’s mail is not handed on before the one before it is answered', async () => {
      const { mailbox, post } = await open(eng1);
      let inside = 0;
      let insideMost = 0;
      mailbox.onMail(async () => {
        inside += 1;
        insideMost = Math.max(insideMost, inside);
        await new Promise(resolve => setImmediate(resolve));
        inside -= 1;
        return { isAccepted: true, text: '' };
      });
      await Promise.all([1, 2, 3, 4].map(n => post(eng1, note(String(n)))));
      expect(insideMost).toBe(1);
    });

    it('agents do not wait for each other', async () => {
      const { mailbox, post } = await open(eng1, manager);
      let letGo = (_answer: MailAnswer) => {};
      const held = new Promise<MailAnswer>(resolve => {
        letGo = resolve;
      });
      mailbox.onMail((agent, mail) =>
        agent === eng1 ? held : Promise.resolve({ isAccepted: true, text: mail.kind }),
      );
      const first = post(eng1, note('held'));
      expect(await post(manager, note('free'))).toEqual({ isAccepted: true, text: 'note' });
      letGo({ isAccepted: false, text: 'no' });
      expect(await first).toEqual({ isAccepted: false, text: 'no' });
    });

    it('an assignment is there once it was written, before or after opening, and goes again', async () => {
      const { mailbox, assignmentOf, worktreeOf } = await open();
      const assignment: Assignment = {
        ...{ agent: eng1, task, attempt: 1, branch: 'belfry/t-12', base: oid, files: ['src/**'] },
      };
      await mailbox.writeAssignment(eng1, assignment);
      await mailbox.open(eng1, worktreeOf(eng1));
      expect(assignmentOf(eng1)).toEqual(assignment);
      await mailbox.writeAssignment(eng1, { ...assignment, attempt: 2 });
      expect(assignmentOf(eng1)?.attempt).toBe(2);
      await mailbox.writeAssignment(eng1, null);
      expect(assignmentOf(eng1)).toBeNull();
    });
  });
}
