import { describe, expect, test } from 'vitest';
import { refusal } from '../../src/core/decide/refusals.ts';
import type { AgentId, Oid, TaskId } from '../../src/core/ids.ts';
import type { Command } from '../../src/core/input.ts';
import { waitingNotesMax } from '../../src/core/limits.ts';
import { type Claim, judgeClaim } from '../../src/core/mail/judge-claim.ts';
import { defaultRoutes, type MessageRoutes } from '../../src/core/mail/message-routes.ts';
import { noFacts } from '../../src/core/plan/plan-facts.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import type { Mail } from '../../src/ports/mailbox.ts';
import { PlanDesk } from '../../src/supervisor/plan/plan-desk.ts';
import { takeMail } from '../../src/supervisor/take-mail.ts';
import { threadsOf } from '../../src/ui/present/threads.ts';
import { contentOf } from '../core/plan/plan-builder.ts';
import { MemoryBoardFiles } from '../support/memory-board-files.ts';
import { TeamDriver } from '../support/team-driver.ts';

const id = (text: string) => text as AgentId;

function desk(routes: MessageRoutes = defaultRoutes) {
  const team = new TeamDriver(2);
  const observe = async (observation: Parameters<TeamDriver['input']>[0]) => {
    team.input(observation);
    return true;
  };
  const claim = async (asked: Claim) => {
    const verdict = judgeClaim(team.state, asked, at => `minute ${(at - team.now) / 60_000}`);
    if (verdict.counts) team.input(asked);
    return verdict;
  };
  const command = async (asked: Command) => {
    const refused = refusal(team.state, asked);
    if (refused === null) team.input(asked);
    return refused;
  };
  const world = {
    boardFiles: new MemoryBoardFiles(),
    facts: { read: async () => noFacts },
    log: { write: () => {} },
  };
  const about = { engineers: 2, policy: defaultPolicy, state: () => team.state };
  const planDesk = new PlanDesk({ world, ...about, observe });
  let count = 0;
  const say = (agent: string, mail: Mail, given?: string) => {
    count += 1;
    const name = given ?? `own-${count}.json`;
    const role = team.state.agents[id(agent)]?.role ?? 'engineer';
    return takeMail(id(agent), role, { mail, name }, { planDesk, claim, command, routes });
  };
  const note = (from: string, to: string, text = 'hello') =>
    say(from, { kind: 'note', to: id(to), text });
  return { team, say, note };
}

describe('who may write to whom', () => {
  const rows = [
    ['architect', 'eng-1', true],
    ['manager', 'architect', true],
    ['eng-1', 'manager', true],
    ['eng-1', 'eng-2', false],
    ['architect', 'architect', false],
  ] as const;
  test.each(rows)('%s to %s: %s', async (from, to, isAccepted) => {
    expect((await desk().note(from, to)).isAccepted).toBe(isAccepted);
  });

  test('a refusal says to whom instead', async () => {
    const { text } = await desk().note('eng-1', 'eng-2');
    expect(text).toContain('you may write to the architect and the manager');
  });

  test('the team may decide otherwise', async () => {
    const strict = desk({ ...defaultRoutes, engineer: [] });
    expect((await strict.note('eng-1', 'manager')).text).toContain('you may write to nobody');
    const open = desk({ ...defaultRoutes, engineer: ['engineer'] });
    expect((await open.note('eng-1', 'eng-2')).isAccepted).toBe(true);
  });

  test('nobody that does not exist', async () => {
    expect((await desk().note('architect', 'eng-9')).text).toContain('there is no member eng-9');
  });
});

test('the manager may interrupt an engineer, nobody else may', async () => {
  const { team, say } = desk();
  const urgent = { kind: 'note', text: 'stop, the schema changes', isUrgent: true } as const;
  const answer = await say('eng-1', { ...urgent, to: id('manager') });
  expect(answer).toEqual({
    ...{ isAccepted: false, text: 'only the manager interrupts others: leave --urgent out' },
  });
  expect(await say('manager', { ...urgent, to: id('eng-1') })).toMatchObject({ isAccepted: true });
  expect(team.state.messages).toMatchObject([{ from: 'manager', to: 'eng-1', urgent: true }]);
});

describe('a claim', () => {
  const done = (attempt = 1): Mail => {
    const head = 'b'.repeat(40) as Oid;
    return { kind: 'done', task: 'T-1' as TaskId, attempt, head, summary: 'did it' };
  };
  const blocked = { kind: 'blocked', task: 'T-1' as TaskId, attempt: 1, why: 'no key' } as const;
  function atWork() {
    const parts = desk();
    parts.team.addTasks({ 'T-1': contentOf('Keep the order') });
    expect(parts.team.task('T-1').assignee).toBe('eng-1');
    return parts;
  }

  test('counts once, and said twice it is told where it stands', async () => {
    const { team, say } = atWork();
    const recorded = { isAccepted: true, text: 'recorded: T-1/1 goes to the gate' };
    expect(await say('eng-1', done())).toEqual(recorded);
    team.pass(2 * 60_000);
    const before = team.events.length;
    const text = 'T-1/1 was submitted at minute -2 already and stands first at the gate';
    expect(await say('eng-1', done())).toEqual({
      ...{ isAccepted: true, text: `${text}; nothing is submitted again` },
    });
    expect(await say('eng-1', blocked)).toEqual({
      ...{ isAccepted: false, text: `${text}: wait for its verdict` },
    });
    expect(team.events).toHaveLength(before);
  });

  test('says what the line is, and what is not in what is tested', async () => {
    const { team, say } = atWork();
    team.addTasks({ 'T-2': contentOf('Keep the sum') });
    await say('eng-2', { ...done(), task: 'T-2' as TaskId } as Mail);
    await say('eng-1', done());
    expect((await say('eng-1', done())).text).toContain('stands at the gate as number 2');
    team.build('T-2', { head: 'd'.repeat(40) as Oid });
    expect(await say('eng-2', { ...done(), task: 'T-2' as TaskId } as Mail)).toEqual({
      isAccepted: false,
      text: expect.stringContaining('as of commit dddddddddd: what you committed after it is not'),
    });
  });

  test('of being blocked counts once, and done comes too late after it', async () => {
    const { team, say } = atWork();
    const recorded = 'recorded: T-1/1 is passed on as blocked';
    expect(await say('eng-1', blocked)).toEqual({ isAccepted: true, text: recorded });
    team.pass(60_000);
    const before = team.events.length;
    const text = 'T-1/1 was passed on as blocked at minute -1 already, and waits for the manager';
    expect(await say('eng-1', blocked)).toEqual({ isAccepted: true, text });
    expect(await say('eng-1', done())).toEqual({
      isAccepted: false,
      text: `${text}: it is not yours any more, and what you committed is kept`,
    });
    expect(team.events).toHaveLength(before);
  });

  test('that comes too late says so, to whoever says it', async () => {
    const { team, say } = atWork();
    expect((await say('eng-1', done(2))).text).toContain('you are at attempt 1');
    const by = 'person';
    team.input({ type: 'task.reassign', task: 'T-1' as TaskId, by, to: id('eng-2'), text: null });
    expect(await say('eng-1', done())).toMatchObject({
      ...{ isAccepted: false, text: expect.stringContaining('T-1 is not yours any more') },
    });
    expect((await say('eng-1', blocked)).isAccepted).toBe(false);
    expect(team.eventsOf('attempt.submitted')).toEqual([]);
    expect(team.task('T-1').assignee).toBe('eng-2');
  });
});

test('a note that is read again after a crash is no second one, also when the box was full with it', async () => {
  const { team, say } = desk();
  team.input({ type: 'agent.pause', agent: id('manager') });
  const note = { kind: 'note', to: id('manager'), text: 'hello' } as const;
  for (let count = 1; count <= waitingNotesMax; count += 1)
    expect(await say('eng-1', note, `${count}.json`)).toMatchObject({ isAccepted: true });
  for (const name of ['1.json', `${waitingNotesMax}.json`])
    expect(await say('eng-1', note, name)).toEqual({ isAccepted: true, text: 'accepted' });
  expect(team.eventsOf('message.sent')).toHaveLength(waitingNotesMax);
  // Another one says something else, or comes from somebody else.
  expect((await say('eng-1', { ...note, text: 'more' }, '1.json')).isAccepted).toBe(false);
  expect((await say('architect', note, '1.json')).isAccepted).toBe(true);
  expect(team.eventsOf('message.sent')).toHaveLength(waitingNotesMax + 1);
});

test('two that write without being read come to an end', async () => {
  const { team, note } = desk();
  team.input({ type: 'agent.pause', agent: id('manager') });
  for (let count = 0; count < waitingNotesMax; count += 1)
    expect((await note('eng-1', 'manager')).isAccepted).toBe(true);
  expect((await note('eng-1', 'manager')).text).toContain('has not read 10 messages');
  team.input({
    type: 'message.send',
    from: 'person',
    to: id('manager'),
    text: 'me',
    isGoal: false,
  });
  expect(team.state.messages.at(-1)?.from).toBe('person');
});

test('a task of an architect is answered with warnings or refused, an engineer may add none', async () => {
  const { team, say } = desk();
  const content = contentOf('Read a bank statement', { files: ['src/index.ts'] });
  const taken = await say('architect', { kind: 'addTask', content });
  expect(taken.text).toMatch(/^added T-1: Read a bank statement\nwarning hotspot: src\/index.ts/);
  expect((await say('architect', { kind: 'addTask', content })).text).toContain(
    'T-1 is on the board',
  );
  const refused = await say('architect', {
    kind: 'addTask',
    content: { ...content, title: 'x', accept: [] },
  });
  expect(refused).toMatchObject({
    isAccepted: false,
    text: expect.stringContaining('no-acceptance'),
  });
  expect((await say('eng-1', { kind: 'addTask', content })).text).toContain('only the architect');
  expect(team.state.plan.findings['T-1' as TaskId]).toHaveLength(1);
});

test('an architect’s or an engineer’s word does not decide an escalation', async () => {
  const { team, say } = desk();
  team.addTasks({ 'T-1': contentOf('Keep the order') });
  const drop = { kind: 'drop', task: 'T-1' as TaskId, why: 'bored' } as const;
  for (const agent of ['architect', 'eng-1'])
    expect((await say(agent, drop)).text).toContain('only the manager or the person');
  expect((await say('manager', drop)).text).toContain('not escalated to the manager');
});

test('threads: by pair, whoever wrote, the newest first, with what has not arrived', async () => {
  const { team, note } = desk();
  await note('architect', 'manager', 'one');
  await note('eng-1', 'architect', 'two');
  team.input({ type: 'agent.pause', agent: id('architect') });
  await note('manager', 'architect', 'three');
  const threads = threadsOf(team.state.messages);
  expect(
    threads.map(({ members, messages, waiting }) => [members.join(' '), messages.length, waiting]),
  ).toEqual([
    ['architect manager', 2, 1],
    ['architect eng-1', 1, 0],
  ]);
});
