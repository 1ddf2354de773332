import { afterEach, describe, expect, test } from 'vitest';
import type { TaskId } from '../../src/core/ids.ts';
import { settingsFrom } from '../../src/ui/settings.ts';
import {
  agentOf,
  busyState,
  FakeTerminal,
  MemoryTeamStore,
  minutes,
  noon,
  stateOf,
  taskOf,
} from '../support/memory-team-store.ts';
import { withDraft } from '../support/morning.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

const withTerminals = (state = busyState()): MemoryTeamStore => {
  const store = new MemoryTeamStore(state);
  for (const agent of Object.values(state.agents)) {
    store.terminals.set(agent.id, new FakeTerminal(agent.id, [`I am ${agent.id}`]));
  }
  return store;
};

describe('at a glance', () => {
  test.each([
    [80, 24],
    [100, 30],
    [160, 50],
    [250, 70],
  ])(
    '%i×%i shows who works on what, the columns, the retries and what needs the person',
    async (columns, rows) => {
      const ui = await driveUi({ columns, rows, store: withTerminals() });
      const frame = await ui.frame();
      expect(frame).toContain('harbour');
      expect(frame).toContain('main ✓ green');
      expect(frame).toContain('3 need you');
      expect(frame).toContain('09:30');
      expect(frame).toMatch(/eng-1 +● working/);
      expect(frame).toMatch(/eng-2 +! asks you/);
      expect(frame).toMatch(/T-4 R1\/2/);
      expect(frame).toContain('scripted');
      expect(frame).toContain('doing 3');
      expect(frame).toMatch(/eng-2 asks permission +Run npm install left-pad\?/);
      expect(frame).toMatch(/y yes +N no/);
      expect(frame).toMatch(/T-6 escalated +the same failure three times/);
      expect(frame).toContain('I am eng-1');
      for (const row of frame.split('\n')) expect(row.length).toBeLessThanOrEqual(columns);
    },
  );

  test('a need that goes and comes back the same is drawn again', async () => {
    const ui = await driveUi({ store: withTerminals() });
    const busy = busyState();
    const calm = { ...busy, tasks: {}, agents: {} };
    const needs = (text: string) => text.split('\n').slice(1, 4).join('\n');
    const before = needs(await ui.frame());
    expect(before).toContain('T-3 is green');
    for (const state of [calm, busy, calm, busy]) {
      ui.store.publish(state);
      await ui.until(text => text.includes('need you') === (state === busy), 'the new state');
    }
    expect(needs(await ui.frame())).toBe(before);
  });

  test('an empty team says what to do next', async () => {
    const ui = await driveUi({
      columns: 80,
      rows: 24,
      store: new MemoryTeamStore(stateOf([agentOf('eng-1')], [])),
    });
    const frame = await ui.frame();
    expect(frame).toContain('No tasks yet.');
    expect(frame).toContain('g gives the architect a goal');
    expect(frame).toContain('.belfry/tasks/');
  });

  test('a team that starts does not say that it has no tasks', async () => {
    const ui = await driveUi({ store: new MemoryTeamStore(stateOf([], [])) });
    const frame = await ui.frame();
    expect(frame).toContain('starting');
    expect(frame).toContain('No agents yet.');
    expect(frame).toContain('The board is being read.');
    expect(frame).not.toContain('No tasks yet.');
  });

  test('under 80 columns it is a list, under 40×12 one sentence', async () => {
    const ui = await driveUi({ columns: 70, rows: 20 });
    expect(await ui.row('eng-1')).toMatch(/● working +T-4 R1\/2/);
    expect(await ui.frame()).not.toContain('3 Terminal');
    await ui.resize(39, 11);
    const frame = await ui.until(text => text.includes('needs 40×12'), 'the sentence');
    expect(frame).toContain('3 need you.');
    expect(frame).toMatch(/q\s+quits\./);
    expect(frame).not.toContain('eng-1');
    await ui.press('/');
    expect(await ui.frame()).toMatch(/Esc\s+goes\s+back\./);
    await ui.press('esc');
    // Where the way out would push out the rest, the rest stays.
    await ui.resize(16, 4);
    // An emulator that was made narrower still holds what stood to the right.
    const small = await ui.until(text => text.includes('\nto show more.'), 'the last row');
    const rows = small.split('\n').map(row => row.slice(0, 16).trimEnd());
    expect(rows).toEqual(['3 need you.', 'Belfry needs', '40×12 characters', 'to show more.']);
  });

  test('whoever types to an agent in a terminal that became too small is told how to leave', async () => {
    const ui = await driveUi({ columns: 100, rows: 30, store: withTerminals() });
    await ui.press('i');
    await ui.resize(39, 11);
    // An emulator that was made narrower still holds what stood to the right.
    const shown = (text: string) => text.split('\n').map(row => row.slice(0, 39).trim());
    const says = (words: string) => (text: string) => shown(text).join(' ').includes(words);
    await ui.until(says('Ctrl+g leaves eng-1.'), 'the way out of the terminal');
    await ui.press('\u0007');
    await ui.until(says('q quits.'), 'the way out of the page');
  });

  test('what the program says from outside stands in the footer until the next key', async () => {
    const ui = await driveUi({ columns: 120, rows: 36 });
    ui.page.say('team.yaml changed');
    expect((await ui.frame()).split('\n').at(-1)).toMatch(/^ team\.yaml changed .*\? help/);
    await ui.press('j');
    expect(await ui.frame()).not.toContain('team.yaml changed');
  });

  test('the trunk, the pause and the cost say what is not known', async () => {
    const state = stateOf([agentOf('eng-1', { costUsd: null })], [], { teamPaused: true });
    const ui = await driveUi({
      store: new MemoryTeamStore({
        ...state,
        trunk: {
          ...state.trunk,
          gate: 'red',
          redExcerpt: 'Error: no\n',
          behind: 3,
          behindWhy: 'src/a.ts has your edits',
        },
      }),
    });
    const frame = await ui.frame();
    expect(frame).toContain('main × red');
    expect(frame).toContain('3 behind');
    expect(frame).toContain('team paused');
    expect(frame).toContain('cost not known');
    expect(frame).toContain('nothing lands until it is mended: Error: no');
    expect(frame).toMatch(/main is 3 behind +src\/a.ts has your edits/);
  });

  test('a long name of the trunk leaves the news of it their place', async () => {
    const state = stateOf([agentOf('eng-1')], []);
    const name = 'release/2026.11-of-everything-that-was-promised';
    const news = { name, gate: 'red', redExcerpt: 'no', behind: 12, behindWhy: 'edits' } as const;
    const store = new MemoryTeamStore({ ...state, trunk: { ...state.trunk, ...news } });
    const frame = await (await driveUi({ store, columns: 80, rows: 24 })).frame();
    expect(frame).toMatch(/! release\/2026\.11-… is red /);
    expect(frame).toMatch(/! release\/20… is 12 behind /);
  });

  test('a branch that is gone needs the person, though nobody can count what it lacks', async () => {
    const state = stateOf([agentOf('eng-1')], []);
    const gone = { behind: 0, behindWhy: 'there is no branch main any more' };
    const store = new MemoryTeamStore({ ...state, trunk: { ...state.trunk, ...gone } });
    const frame = await (await driveUi({ store })).frame();
    expect(frame).toContain('1 needs you');
    expect(frame).toMatch(/main does not follow +there is no branch main any more/);
  });
});

describe('asking', () => {
  test('y answers the marked permission question from every panel, with one key', async () => {
    for (const panel of ['team', 'board', 'detail', 'needs'] as const) {
      const ui = await driveUi({ store: withTerminals() });
      await ui.act(`panel.${panel}`);
      await ui.press('y');
      expect(ui.store.commands).toEqual([
        { type: 'agent.answer', agent: 'eng-2', question: 'q-1', answer: 'yes' },
      ]);
    }
  });

  test('y asks back when the question came up under the key', async () => {
    const calm = stateOf([agentOf('eng-1')], [], {});
    const ui = await driveUi({ store: withTerminals(calm) });
    await ui.press('y');
    expect(await ui.frame()).toContain('nobody asks for permission here');
    ui.store.time += 5_000;
    ui.store.publish(busyState());
    await ui.until(frame => frame.includes('asks permission'), 'the question');
    ui.store.time += 300;
    await ui.press('y');
    expect(ui.store.commands).toEqual([]);
    expect(await ui.frame()).toContain('just come up');
    ui.store.time += 700;
    await ui.press('y');
    expect(ui.store.commands).toHaveLength(1);
  });

  test('a plan that waits is accepted in place, and not when it came up under the key', async () => {
    const calm = stateOf([agentOf('eng-1')], [], {});
    const store = withTerminals(calm);
    const ui = await driveUi({ store, columns: 160, rows: 50 });
    ui.store.time += 5_000;
    ui.store.publish(withDraft(calm));
    await ui.until(frame => /a plan of 4 tasks.*A accept/.test(frame), 'the plan');
    await ui.press('A');
    expect(ui.store.commands).toEqual([]);
    expect(await ui.frame()).toContain('just come up');
    ui.store.time += 1_000;
    await ui.press('A');
    expect(ui.store.commands).toMatchObject([{ type: 'plan.accept' }]);
  });

  test('a plan that is not the marked line is not accepted unseen', async () => {
    const store = withTerminals();
    store.publish(withDraft(store.getState()));
    const ui = await driveUi({ store });
    await ui.press('A');
    expect(ui.store.commands).toEqual([]);
    expect(await ui.frame()).toContain('the plan is not what is marked');
  });

  test('a refused command shows its reason', async () => {
    const ui = await driveUi({ store: withTerminals() });
    ui.store.refusal = 'the team is ending';
    await ui.press('P');
    expect(ui.store.commands).toEqual([{ type: 'team.pause' }]);
    await ui.until(frame => frame.includes('the team is ending'), 'the reason');
  });

  test('stop asks first, and No is the default', async () => {
    const ui = await driveUi({ store: withTerminals() });
    await ui.press('x');
    expect(await ui.frame()).toContain('Stop eng-1?');
    await ui.press('enter');
    expect(ui.store.commands).toEqual([]);
    await ui.press('x', 'y');
    expect(ui.store.commands).toEqual([{ type: 'agent.stop', agent: 'eng-1' }]);
  });

  test('quit says what is under way', async () => {
    const ui = await driveUi({ store: withTerminals() });
    await ui.press('q');
    const frame = await ui.frame();
    expect(frame).toContain('eng-1 on T-4');
    expect(frame).toContain('The gate is at T-7/1');
    await ui.press('n');
    expect(ui.quits()).toBe(0);
    await ui.press('q', 'y');
    expect(ui.quits()).toBe(1);
  });

  test('a task is written in a form, refused once, and then added', async () => {
    const ui = await driveUi({ store: withTerminals() });
    await ui.press('n', 'ctrl+s');
    expect(await ui.frame()).toContain('A task needs a title.');
    await ui.press(
      'Sort the index',
      'tab',
      'First line',
      'enter',
      'second',
      'tab',
      'src/a.ts, src/b.ts',
      'tab',
      'npm test',
    );
    ui.store.refusal = 'T-4 says the same';
    await ui.press('ctrl+s');
    await ui.until(frame => frame.includes('T-4 says the same'), 'the refusal');
    ui.store.refusal = null;
    await ui.press('ctrl+s');
    await ui.until(frame => frame.includes('T-101 is added'), 'the answer');
    expect(ui.store.added).toMatchObject([
      {
        title: 'Sort the index',
        body: 'First line\nsecond',
        files: ['src/a.ts', 'src/b.ts'],
        accept: ['npm test'],
      },
    ]);
  });

  test('an unsent form is kept', async () => {
    const ui = await driveUi({ store: withTerminals() });
    await ui.press('g', 'Make it fast', 'esc');
    expect(await ui.frame()).not.toContain('Make it fast');
    await ui.press('g');
    expect(await ui.frame()).toContain('Make it fast');
    await ui.press('ctrl+s');
    expect(ui.store.commands).toEqual([
      { type: 'message.send', from: 'person', to: 'architect', text: 'Make it fast', isGoal: true },
    ]);
  });

  test('a goal begins with what the selected backlog item says, and with nothing elsewhere', async () => {
    const wish = { column: 'backlog', planned: false, body: 'Without\nwaiting.' } as const;
    const tasks = [
      taskOf('T-1', 'Start faster', wish),
      taskOf('T-2', 'Go on', { column: 'ready' }),
    ];
    const store = new MemoryTeamStore(stateOf([agentOf('architect')], tasks));
    const ui = await driveUi({ store });
    await ui.press('2', 'h', 'h', 'h', 'g', 'ctrl+s');
    expect(store.commands).toMatchObject([
      { to: 'architect', text: 'T-1: Start faster\n\nWithout\nwaiting.', isGoal: true },
    ]);
    await ui.press('l', 'g');
    expect(await ui.row('Goal for the architect')).not.toContain('T-1');
    expect(await ui.frame()).not.toContain('T-1: Start');
  });

  test('a paste goes into the field as one text, without its escape sequences', async () => {
    const ui = await driveUi({ store: withTerminals() });
    await ui.press('n', '\u001b[200~ab\u001b[31mcd\u001b[201~');
    expect(await ui.row('Title')).toContain('abcd');
  });

  test('reassign offers every engineer but the one that has it', async () => {
    const ui = await driveUi({ store: withTerminals() });
    await ui.press('r');
    expect(await ui.row('has it already')).toMatch(/eng-1 +working/);
    await ui.press('down', 'down', 'enter');
    expect(ui.store.commands).toEqual([
      { type: 'task.reassign', task: 'T-4', by: 'person', to: 'eng-2', text: null },
    ]);
  });
});

describe('looking', () => {
  test('Enter on a card shows why it is where it is, its attempts and their ends', async () => {
    const ui = await driveUi({ store: withTerminals(), rows: 50 });
    await ui.press('2', 'h', 'j', 'enter');
    const frame = await ui.frame();
    expect(frame).toContain('eng-1 tries again after a gate catch');
    expect(frame).toContain('caught by the gate');
    expect(frame).toContain('expected [1, 2] but got [2, 1]');
    expect(frame).toContain('“order is kept”');
  });

  test('d shows the diff, t the gate, v what happened', async () => {
    const ui = await driveUi({ store: withTerminals() });
    ui.store.runGate({
      id: 'T-7-1-1',
      command: 'npm test',
      startedAt: noon - 64_000,
      endedAt: null,
      tail: ['ok 1'],
      counts: null,
      logFile: '/log',
    });
    await ui.press('d');
    await ui.until(frame => frame.includes('+ kept'), 'the diff');
    await ui.press('t');
    expect(await ui.frame()).toMatch(/running 1:04[\s\S]*\$ npm test[\s\S]*ok 1/);
    ui.store.publish(ui.store.getState(), [
      {
        at: noon,
        type: 'landing.finished',
        task: 'T-2' as TaskId,
        attempt: 1,
        commit: 'abcdef1234' as never,
      },
    ]);
    await ui.press('v');
    expect(await ui.frame()).toContain('T-2 landed as abcdef1');
  });

  test('the filter narrows the board while it is typed, and Esc clears it', async () => {
    const ui = await driveUi({ store: withTerminals() });
    await ui.press('/', 'queue');
    expect(await ui.frame()).toContain('filter: queue');
    expect(await ui.frame()).not.toContain('Export as');
    await ui.press('enter', 'esc');
    expect(await ui.frame()).toContain('Export as');
  });

  test('the palette names every action, its key and why it cannot be done', async () => {
    const ui = await driveUi({ store: new MemoryTeamStore(stateOf([], [])) });
    await ui.press(':', 'goal');
    expect(await ui.row('give the architect')).toContain('not here: this team has no architect');
    await ui.press('enter');
    expect(await ui.frame()).toContain('this team has no architect');
  });

  test('what happened while the person was away stands in one line', async () => {
    const ui = await driveUi({ store: withTerminals() });
    ui.input.emit('data', '\u001b[O');
    ui.store.time = noon + minutes(20);
    const before = busyState();
    const eng1 = Object.values(before.agents).find(one => one.id === 'eng-1');
    if (!eng1) throw new Error('there is no eng-1');
    const agents = { ...before.agents, [eng1.id]: { ...eng1, costUsd: 2 } };
    ui.store.publish({ ...before, agents }, [
      {
        at: noon + minutes(5),
        type: 'landing.finished',
        task: 'T-4' as TaskId,
        attempt: 2,
        commit: 'f'.repeat(40) as never,
      },
      {
        at: noon + minutes(6),
        type: 'attempt.failed',
        task: 'T-5' as TaskId,
        attempt: 1,
        reason: 'gate',
        excerpt: '',
      },
    ]);
    ui.input.emit('data', '\u001b[I');
    await ui.press('j');
    expect(await ui.row('since you looked')).toContain(
      'since you looked, 09:30: landed T-4 · caught T-5/1 · stuck T-6 29m, eng-2 22m · $0.75 spent',
    );
  });
});

test('a hostile title, name or excerpt reaches the terminal as plain text', async () => {
  const evil = 'a\u001b]0;owned\u0007b\u001b[2Jc\u009b31md\u202ee\u0000f';
  const state = stateOf(
    [
      agentOf('eng-1', {
        task: 'T-1' as TaskId,
        cli: evil,
        statusReason: evil,
        status: 'exited',
        question: { id: 'q', kind: 'permission', text: evil, since: noon, answersItselfAt: null },
      }),
    ],
    [
      taskOf('T-1', evil, {
        column: 'doing',
        assignee: 'eng-1' as never,
        body: evil,
        why: evil,
        escalation: { to: 'person', why: evil, since: noon, deadline: null },
      }),
    ],
    { brokenFiles: [{ file: evil, line: 1, reason: evil }] },
  );
  const store = new MemoryTeamStore({
    ...state,
    trunk: {
      ...state.trunk,
      name: evil,
      gate: 'red',
      redExcerpt: evil,
      behind: 1,
      behindWhy: evil,
    },
  });
  store.repositoryName = evil;
  store.notices = [evil];
  store.diff = evil;
  const ui = await driveUi({ store, rows: 40 });
  store.publish(store.getState(), [
    { at: noon, type: 'task.refused', task: 'T-1' as TaskId, why: evil },
  ]);
  store.runGate({
    id: evil,
    command: evil,
    startedAt: noon,
    endedAt: noon,
    tail: [evil],
    counts: null,
    logFile: evil,
  });
  await ui.press('2', 'enter', 't', 'v', 'd', 'x', 'esc', ':', 'esc', 'r', 'esc', 'w', 's');
  const own = /\u001b\[(?:\?(?:2026|7|25|1000|1006|1004|1049|2004)[hl]|[0-9;]*[mHKG])/g;
  expect(ui.bytes().replaceAll(own, '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  expect(ui.bytes()).not.toContain('owned');
});

test('without colour no colour is written, and everything is still said', async () => {
  const ui = await driveUi({ store: withTerminals(), settings: { theme: 'mono' } });
  expect(await ui.frame()).toContain('● working');
  expect(ui.bytes()).not.toMatch(
    /\u001b\[(?:[0-9]+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9]+)*m/,
  );
});

test('in ASCII alone everything is still there, in the same columns', async () => {
  const plain = await driveUi({ store: withTerminals(), columns: 160, rows: 50 });
  const ascii = await driveUi({
    store: withTerminals(),
    columns: 160,
    rows: 50,
    settings: { isAscii: true },
  });
  const frame = await ascii.frame();
  expect(frame).not.toMatch(/[^ -~\n]/);
  expect(frame).toContain('* working');
  const places = (text: string): number[] => text.split('\n').map(row => row.indexOf('eng-1'));
  expect(places(frame)).toEqual(places(await plain.frame()));
});

test('in ASCII every sign of a plan, of its lint and of the numbers has a stand-in of its own', async () => {
  for (const keys of [['V'], ['V', 'j', 'enter'], ['?'], ['e'], ['#', 'z']]) {
    const scene = async (isAscii: boolean): Promise<string> => {
      const store = withTerminals();
      store.publish(withDraft(store.getState()));
      const ui = await driveUi({ store, columns: 160, rows: 50, settings: { isAscii } });
      await ui.press(...keys);
      return ui.frame();
    };
    const [plain, frame] = [Array.from(await scene(false)), await scene(true)];
    expect(frame).not.toMatch(/[^ -~\n]/);
    // An unknown letter is a question mark: none may stand where the page itself has none.
    const lost = Array.from(frame, (sign, at) => (sign === '?' ? plain[at] : '?'));
    expect(lost.filter(sign => sign !== '?')).toEqual([]);
  }
});

test('a true-colour theme writes exact colours, and NO_COLOR wins over it', async () => {
  const ui = await driveUi({ store: withTerminals(), settings: { theme: 'dusk' } });
  expect(ui.bytes()).toContain('38;2;125;207;255m');
  expect(settingsFrom({ NO_COLOR: '1' }, { theme: 'dusk' }).theme).toBe('mono');
  expect(settingsFrom({ LANG: 'C' }).isAscii).toBe(true);
  expect(settingsFrom({ LANG: 'de_AT.UTF-8' }).isAscii).toBe(false);
});
