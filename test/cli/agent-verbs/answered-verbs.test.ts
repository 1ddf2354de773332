import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailbox } from '../../../src/adapters/mailbox/file-mailbox.ts';
import { runAddTask } from '../../../src/cli/agent-verbs/add-task-verb.ts';
import { runBlocked, runDone } from '../../../src/cli/agent-verbs/claim-verbs.ts';
import {
  runAsk,
  runDrop,
  runGuide,
  runReassign,
  runSplit,
} from '../../../src/cli/agent-verbs/manager-verbs.ts';
import { runNote } from '../../../src/cli/agent-verbs/note-verb.ts';
import { runVerb } from '../../../src/cli/agent-verbs/run-verb.ts';
import type { Io } from '../../../src/cli/io.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import type { Mail, MailAnswer, Mailbox } from '../../../src/ports/mailbox.ts';
import { openWorktree } from './worktree.ts';

let worktree: ReturnType<typeof openWorktree> | null = null;
let mailbox: Mailbox | null = null;
afterEach(async () => {
  await mailbox?.close();
  worktree?.remove();
  mailbox = null;
  worktree = null;
});

type Verb = (args: readonly string[], io: Io, timeoutMs?: number) => Promise<number>;

/** Runs a verb beside a Belfry that answers. */
async function say(verb: Verb, role: string, args: readonly string[], answer: MailAnswer) {
  worktree ??= openWorktree();
  const seen: Mail[] = [];
  const agent = (role === 'engineer' ? 'eng-1' : role) as AgentId;
  mailbox ??= createMailbox({ log: { write: () => {} } });
  mailbox.onMail(async (_agent, mail) => {
    seen.push(mail);
    return answer;
  });
  await mailbox.open(agent, worktree.path);
  const io = worktree.io(role, agent);
  const code = await verb(args, io);
  return { code, out: io.out.join(''), err: io.err.join(''), seen };
}
const yes = { isAccepted: true, text: 'accepted' };

describe('verbs that are answered', () => {
  const cases: readonly (readonly [string, Verb, string, readonly string[], Mail])[] = [
    [
      'guide',
      runGuide,
      'manager',
      ['T-3', '--text', 'x'],
      { kind: 'guide', task: 'T-3', text: 'x' } as Mail,
    ],
    [
      'reassign',
      runReassign,
      'manager',
      ['t-3'],
      { kind: 'reassign', task: 'T-3', to: null, text: null } as Mail,
    ],
    [
      'reassign to somebody',
      runReassign,
      'manager',
      ['3', '--to', 'eng-2', '--text', 'y'],
      { kind: 'reassign', task: 'T-3', to: 'eng-2', text: 'y' } as Mail,
    ],
    [
      'drop',
      runDrop,
      'manager',
      ['T-3', '--why', 'z'],
      { kind: 'drop', task: 'T-3', why: 'z' } as Mail,
    ],
    [
      'split, by the manager',
      runSplit,
      'manager',
      ['T-3', '--text', 'per module'],
      { kind: 'split', task: 'T-3', text: 'per module' } as Mail,
    ],
    [
      'split, by the architect',
      runSplit,
      'architect',
      ['T-3', '--done'],
      { kind: 'endSplit', task: 'T-3' } as Mail,
    ],
    [
      'ask',
      runAsk,
      'manager',
      ['T-3', '--text', 'which?'],
      { kind: 'ask', task: 'T-3', text: 'which?' } as Mail,
    ],
    [
      'note',
      runNote,
      'engineer',
      ['--to', 'architect', 'hi there'],
      { kind: 'note', to: 'architect', text: 'hi there' } as Mail,
    ],
    [
      'note',
      runNote,
      'manager',
      ['--to', 'eng-1', '--urgent', 'stop'],
      { kind: 'note', to: 'eng-1', text: 'stop', isUrgent: true } as Mail,
    ],
    [
      'blocked',
      runBlocked,
      'engineer',
      ['--why', 'no key'],
      { kind: 'blocked', task: 'T-12', attempt: 2, why: 'no key' } as Mail,
    ],
    [
      'task add',
      runAddTask,
      'architect',
      [
        ...[
          '--title',
          'Do it',
          '--body',
          '- one',
          '--priority',
          'high',
          '--file',
          'a',
          '--file',
          'b',
        ],
        ...['--accept', 'true', '--depends', 'T-1', '--estimate', '30', '--tag', 'x'],
      ],
      {
        kind: 'addTask',
        content: {
          ...{ title: 'Do it', body: '- one', priority: 'high', files: ['a', 'b'] },
          ...{ accept: ['true'], dependsOn: ['T-1'], estimateMinutes: 30, tags: ['x'] },
        },
      } as unknown as Mail,
    ],
  ];
  it.each(cases)('%s', async (_name, verb, role, args, mail) => {
    expect(await say(verb, role, args, yes)).toEqual({
      ...{ code: 0, out: 'accepted\n', err: '', seen: [mail] },
    });
    const no = { isAccepted: false, text: 'T-3 is not \u001b[31mescalated' };
    expect(await say(verb, role, args, no)).toMatchObject({
      ...{ code: 1, out: '', err: 'refused: T-3 is not escalated\n' },
    });
  });

  it.each(cases)('%s is for its roles only', async (name, verb, role, args) => {
    worktree = openWorktree();
    if (name === 'note') return;
    for (const other of ['architect', 'manager', 'engineer'].filter(one => one !== role)) {
      const agent = other === 'engineer' ? 'eng-1' : other;
      await expect(verb(args, worktree.io(other, agent))).rejects.toThrow(`you are the ${other}`);
    }
    expect(worktree.mails()).toEqual([]);
  });

  it('done', async () => {
    worktree = openWorktree();
    const head = worktree.commit('src/a.ts');
    const done = ['--summary', 'did it'];
    const mail = { kind: 'done', task: 'T-12', attempt: 2, head, summary: 'did it' };
    const said = await say(runDone, 'engineer', done, yes);
    expect(said).toMatchObject({ code: 0, out: 'accepted\n', seen: [mail] });
    const late = { isAccepted: false, text: 'T-12 is not yours any more' };
    expect(await say(runDone, 'engineer', done, late)).toMatchObject({
      ...{ code: 1, err: 'refused: T-12 is not yours any more\n' },
    });
  });

  it('is recorded when Belfry does not answer', async () => {
    worktree = openWorktree();
    const io = worktree.io('manager', 'manager');
    expect(await runDrop(['T-3', '--why', 'x'], io, 50)).toBe(0);
    expect(io.out.join('')).toContain('reads it later');
    expect(worktree.mails()).toHaveLength(1);
  });

  it.each([
    [['--to', 'eng-1'], 'one word is missing'],
    [['--to', 'boss', 'x'], 'there is no member “boss”'],
    [['--to', 'eng-1', ' '], 'the note says nothing'],
    [['--to', 'eng-1', 'x', 'y'], 'one word too many'],
  ])('note %j is refused', async (args, reason) => {
    worktree = openWorktree();
    await expect(runVerb('note')(args, worktree.io())).rejects.toThrow(reason);
  });

  it.each([
    [['--title', 'x', '--priority', 'hihg'], 'Did you mean “high”?'],
    [['--title', 'x', '--estimate', '-5'], '--estimate takes the minutes'],
    [['--title', 'x', '--depends', '../1'], '“../1” is no task'],
    [['--title', 'x'.repeat(201)], '201 characters'],
    [['--title', 'x', '--body', 'a', '--body-file', 'b'], 'not both'],
    [['--title', 'x', '--body-file', 'missing.md'], '--body-file cannot be read'],
    [['--title', 'x', '--body-file', '/etc/passwd'], 'lies outside of your worktree'],
    [['--title', 'x', '--body-file', 'link.md'], 'lies outside of your worktree'],
    [['--titel', 'x'], 'Did you mean “--title”?'],
  ])('task add %j is refused', async (args, reason) => {
    worktree = openWorktree();
    symlinkSync('/etc/passwd', join(worktree.path, 'link.md'));
    const io = worktree.io('architect', 'architect');
    await expect(runAddTask(args, io)).rejects.toThrow(reason);
  });
});
