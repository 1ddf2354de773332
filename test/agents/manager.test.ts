// The manager is asked when an engineer is at its end, and costs nothing before.
import { afterEach, expect, test } from 'vitest';
import type { Conversation, Script } from '../support/fake-model/script.ts';
import { AgentStage } from './support/agent-stage.ts';
import { newest, type PinnedCli, programOf } from './support/pinned-clis.ts';
import { isOf, writesFile } from './support/teams.ts';

let opened: AgentStage | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
}, 60_000);

const [claude, codex] = [newest('claude'), newest('codex')];
const isThere = [claude, codex].every(cli => programOf(cli) !== null);

/** Red as long as an answer is wrong, always with the same words: two of them are a loop. */
const gate = `sh -c 'test ! -e wrong.txt || { echo NOT RIGHT: wrong.txt must not be on the trunk; exit 1; }'`;

const teamOf = (manager: PinnedCli, engineer: PinnedCli, count: number) => `gate: "${gate}"
policy: { land: auto, plan: auto }
roles:
  architect: { cli: scripted }
  manager: { cli: ${manager.name}, permissions: full, env: ENV }
  engineer: { cli: ${engineer.name}, count: ${count}, permissions: full, env: ENV }
`;

type Given = {
  readonly manager: PinnedCli;
  readonly engineer: PinnedCli;
  readonly engineers: number;
  /** What the manager says about a task. */
  readonly verb: (task: string) => string;
};

/** Engineers go wrong until the page of their task holds this. */
const advice = 'do it right';

async function openStage({ manager, engineer, engineers, verb }: Given): Promise<AgentStage> {
  const script: Script = (prompt, about) => {
    const [, task = ''] = / (T-\d+)\/\d+/.exec(prompt) ?? [];
    if (isOf('manager', about))
      return [{ say: 'I decide.', run: verb(task) }, { say: 'It is decided.' }];
    if (prompt.includes(advice))
      return [
        { say: 'I take it away.', run: 'git rm --quiet --ignore-unmatch wrong.txt' },
        ...writesFile(`${task}.txt`, 'right'),
      ];
    return writesFile('wrong.txt', prompt.split('\n')[0] ?? '');
  };
  const team = teamOf(manager, engineer, engineers);
  const stage = await AgentStage.create({ script, team, clis: [manager, engineer] });
  opened = stage;
  stage.addTask(1, 'Write the first answer');
  stage.addTask(2, 'Write the second answer', 'depends_on: [T-1]\n');
  await stage.open();
  return stage;
}

const taskOf = (stage: AgentStage, id: string) => stage.state.tasks[id as never];
const hasLanded = (stage: AgentStage, id: string) => {
  const escalation = taskOf(stage, id)?.escalation;
  if (escalation?.to === 'person') throw new Error(`the person is asked: ${escalation.why}`);
  return taskOf(stage, id)?.column === 'done' && taskOf(stage, id)?.landedAs !== null;
};
const pagesOf = (requests: readonly Conversation[]) =>
  requests.filter(one => isOf('manager', one)).map(({ prompt }) => prompt);

test.skipIf(!isThere)(
  'Claude Code as manager: two tasks that went in circles are guided, each in a fresh session',
  async () => {
    const stage = await openStage({
      ...{ manager: claude, engineer: codex, engineers: 1 },
      verb: task => `belfry guide ${task} --text 'The file is not asked for: ${advice}.'`,
    });
    await stage.until('the manager waits', () => stage.agent('manager').status === 'idle');
    const before = stage.agent('manager').session ?? '';
    await stage.until('the first is escalated', () => taskOf(stage, 'T-1')?.escalations === 1);
    const sent = () => [...stage.model.requests, ...stage.model.errands];
    const isFromManager = (one: Conversation) =>
      isOf('manager', one) || one.everything.includes(before);
    // Two attempts were made and judged, and it has not cost anything yet.
    const earlier = sent().filter(isFromManager);
    expect(earlier.filter(({ prompt }) => !prompt.includes('escalation T-1/2'))).toEqual([]);
    await stage.until('the first has landed', () => hasLanded(stage, 'T-1'), 150_000);
    await stage.until('the second has landed', () => hasLanded(stage, 'T-2'), 150_000);

    expect(stage.onTrunk('T-1.txt')).toBe('right\n');
    expect(stage.state.counters).toMatchObject({ landed: 2, escalations: 2, gateCatches: 4 });
    const [page = ''] = pagesOf(stage.model.requests);
    expect(page).toContain('T-1 is escalated to you: the same failure twice');
    expect(page).toContain('NOT RIGHT: wrong.txt must not be on the trunk');
    expect(page).toContain('belfry guide T-1 --text');
    // The page of the second task came to a session that knows nothing of the first.
    const second = stage.model.requests.filter(({ prompt }) => prompt.includes('escalation T-2/'));
    expect(second.length).toBeGreaterThan(0);
    for (const { everything } of second) expect(everything).not.toContain('escalation T-1/');
    expect(stage.agent('manager').session).not.toBe(before);
  },
  400_000,
);

test.skipIf(!isThere)(
  'Codex as manager: a task that went in circles is given to another engineer',
  async () => {
    const stage = await openStage({
      ...{ manager: codex, engineer: claude, engineers: 2 },
      verb: task => `belfry reassign ${task} --text 'The file is not asked for: ${advice}.'`,
    });
    await stage.until('the first has landed', () => hasLanded(stage, 'T-1'), 240_000);
    const { attempts = [], reassignments, failedBy } = taskOf(stage, 'T-1') ?? {};
    expect(reassignments).toBe(1);
    expect(failedBy).toEqual([attempts[0]?.agent]);
    expect(attempts.at(-1)?.agent).not.toBe(attempts[0]?.agent);
    expect(stage.onTrunk('wrong.txt')).toBeNull();
  },
  300_000,
);
