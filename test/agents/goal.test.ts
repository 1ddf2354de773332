// A person types a goal on the page: a real architect plans it, real engineers do it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { State } from '../../src/core/state.ts';
import { quit } from '../support/demo-journey.ts';
import type { Conversation, Script, Step } from '../support/fake-model/script.ts';
import { AgentStage } from './support/agent-stage.ts';
import { newest, programOf } from './support/pinned-clis.ts';
import type { TeamPage } from './support/team-page.ts';
import { isOf, writesFile } from './support/teams.ts';

let stage: AgentStage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
}, 60_000);

const isThere = [newest('claude'), newest('codex')].every(cli => programOf(cli) !== null);
const ctrlS = '\x13';
const refusal = 'nothing tells when it is done: it has no acceptance command';

const add = (title: string, file: string, more: string) =>
  `belfry task add --title '${title}' --file ${file} --estimate 20 ${more}`;
const accept = (file: string) => `--accept 'test -f ${file}'`;

/** One task is refused, and put right because the answer said how. */
const plan = ({ everything }: Conversation): readonly Step[] => [
  { say: 'I look around.', run: 'ls' },
  { say: 'First.', run: add('Count the boats', 'boats.txt', accept('boats.txt')) },
  { say: 'Second.', run: add('Count the sails', 'sails.txt', '') },
  everything.includes(refusal)
    ? {
        say: 'It must be checkable.',
        run: add('Count the sails', 'sails.txt', accept('sails.txt')),
      }
    : { say: 'Nobody refused it.' },
  {
    say: 'Last.',
    run: add('Print the counts', 'counts.txt', `${accept('counts.txt')} --depends T-1`),
  },
  { say: 'Three tasks; two of them can go on at once.' },
];

const script =
  (isEscalated: boolean): Script =>
  (prompt, about) => {
    const [, file] = /Expected to change:\n +(\S+)/.exec(prompt) ?? [];
    const isTask = file !== undefined && isOf('engineer', about);
    if (isTask)
      return writesFile(file, 'counted').map(step => (step.run ? { ...step, isEscalated } : step));
    const isGoal = isOf('architect', about) && /^Belfry M-\d+ goal$/m.test(prompt);
    return isGoal ? plan(about) : [{ say: 'Fine.' }];
  };

const waits = ({ agents }: State, id: string) => agents[id as never]?.status === 'idle';

async function giveGoal(page: TeamPage): Promise<void> {
  await page.until('the architect waits', state => waits(state, 'architect'), 120_000);
  page.program.press('g');
  await page.program.waitFor('Goal for the architect', { timeoutMs: 30_000 });
  page.program.press(`Count boats and sails in the harbour, and print both.${ctrlS}`);
}

const hasPlanned = ({ tasks }: State) => Object.keys(tasks).length === 3;
const hasLanded = (state: State) => state.counters.landed === 3;

async function acceptPlan(page: TeamPage): Promise<void> {
  await page.until('the plan is made', hasPlanned, 180_000);
  const planned = Object.values(page.state.tasks).map(task => task.planned);
  expect(planned).toEqual([false, false, false]);
  // Others may still ask whether they may start, and come first.
  const isFirst = () => /^▸! a plan of 3 tasks/m.test(page.program.text());
  await page.until('the plan is what needs the person', isFirst, 60_000);
  const isAccepted = ({ tasks }: State) => Object.values(tasks).every(task => task.planned);
  await page.pressFor('A', 'the plan is accepted', isAccepted);
}

/** What the model was asked on the way, and what came of it. */
async function expectPlanDone(at: AgentStage, page: TeamPage): Promise<void> {
  const { tasks } = page.state;
  expect(Object.values(tasks).map(task => [task.title, task.addedBy, task.column])).toEqual([
    ['Count the boats', 'architect', 'done'],
    ['Count the sails', 'architect', 'done'],
    ['Print the counts', 'architect', 'done'],
  ]);
  const files = ['boats.txt', 'sails.txt', 'counts.txt'];
  const isFollowed = () => files.every(file => at.onTrunk(file) === 'counted\n');
  await page.until('main follows', isFollowed, 60_000);
  const asked = at.model.requests.filter(one => isOf('architect', one));
  expect(asked[0]?.prompt).toContain('What Belfry knows of the repository');
  // The answer to each call was the model's to read at once, before it went on.
  const [, , , after] = asked;
  expect(after?.everything).toContain(`refused: `);
  expect(after?.everything).toContain('--accept with a command that fails today');
  // Nothing was escalated: the manager has cost nothing.
  expect(at.model.requests.filter(one => isOf('manager', one))).toEqual([]);
}

test.skipIf(!isThere)(
  'a goal: Claude Code plans, the person accepts the draft, two Codex land it',
  async () => {
    const team = `gate: test -f README.md
policy: { plan: review, land: auto }
roles:
  architect: { cli: claude, permissions: full, env: ENV }
  manager: { cli: claude, permissions: full, env: ENV }
  engineer: { cli: codex, count: 2, permissions: full, env: ENV }
`;
    const at = await AgentStage.create({ team, script: script(false) });
    stage = at;
    const page = at.openPage();
    await giveGoal(page);
    await acceptPlan(page);
    await page.until('all have landed', hasLanded, 240_000);
    await expectPlanDone(at, page);
    await quit(page.program);
  },
  480_000,
);

test.skipIf(!isThere)(
  'nothing but “belfry”: the set-up page finds both agent CLIs, and the team that it writes works',
  async () => {
    const at = await AgentStage.create({ script: script(true) });
    stage = at;
    const page = at.openPage();
    const { program } = page;
    await program.waitFor('first start in repository', { timeoutMs: 60_000 });
    program.press('e');
    await program.waitFor('as found', { timeoutMs: 30_000 });
    program.press('\x15test -f README.md\r');
    await program.waitFor(/Test command +test -f README\.md/, { timeoutMs: 30_000 });
    program.press('-');
    await program.waitFor(/How many +‹ 2 ›/, { timeoutMs: 30_000 });
    program.press('\r');
    await giveGoal(page);
    await acceptPlan(page);
    await page.until('all have landed', hasLanded, 240_000);
    await expectPlanDone(at, page);
    const written = readFileSync(join(at.repository, '.belfry', 'team.yaml'), 'utf8');
    expect(written.match(/^ {4}cli: \w+$/gm)?.map(line => line.trim())).toEqual([
      ...['cli: claude', 'cli: claude', 'cli: codex'],
    ]);
    // They asked before they acted, and the person saw what they were to allow; what Claude Code says to Belfry it may.
    const allowed = [...page.asked.values()].join('\n');
    expect(allowed).not.toMatch(/belfry task add/);
    expect(allowed).toMatch(/git add boats\.txt/);
    await quit(program);
  },
  600_000,
);
