// An architect that knows nothing of the goal any more: its session is gone, or its context is full.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { needsYou } from '../../src/ui/present/needs.ts';
import type { Script } from '../support/fake-model/script.ts';
import { sessionFolders } from './support/agent-home.ts';
import { AgentStage } from './support/agent-stage.ts';
import { newest, programOf } from './support/pinned-clis.ts';
import { isOf } from './support/teams.ts';

let stage: AgentStage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
}, 60_000);

const claude = newest('claude');
const team = `gate: test -f README.md
policy: { plan: review, land: auto }
roles:
  architect: { cli: claude, permissions: full, env: ENV }
  manager: { cli: scripted }
  engineer: { cli: scripted, count: 1 }
`;
const add = (title: string, file: string) =>
  `belfry task add --title '${title}' --file ${file} --estimate 20 --accept 'test -f ${file}'`;
const slow = { say: 'word '.repeat(300), paceMs: 100 };
const again = 'A session before you was told this and could not go on.';

async function giveGoal(script: Script): Promise<AgentStage> {
  const at = await AgentStage.create({ script, team, clis: [claude] });
  stage = at;
  await at.open();
  await at.until('the architect waits', () => at.agent('architect').status === 'idle');
  const to = at.agent('architect').id;
  const text = 'Count boats and sails in the harbour.';
  await at.store.command({ type: 'message.send', from: 'person', to, text, isGoal: true });
  return at;
}

const titles = (at: AgentStage) => Object.values(at.state.tasks).map(({ title }) => title);
const isPlanned = (at: AgentStage) => titles(at).length === 2;

test.skipIf(programOf(claude) === null)(
  'a session that is gone in the middle of a plan: the fresh one is told the goal, and what is planned already',
  async () => {
    const at = await giveGoal(prompt =>
      prompt.includes(again)
        ? [{ say: 'I add the other.', run: add('Count the sails', 'sails.txt') }, { say: 'Done.' }]
        : [{ say: 'I begin.', run: add('Count the boats', 'boats.txt') }, slow],
    );
    await at.until('it is in the middle', () => at.screen('architect').includes('word word'));
    expect(titles(at)).toEqual(['Count the boats']);
    await at.end();
    rmSync(join(at.home, sessionFolders.claude), { recursive: true });
    await at.open();
    await at.until('the plan is whole', () => isPlanned(at));
    const told = at.model.requests.find(({ prompt }) => prompt.includes(again));
    expect(told?.prompt).toContain('Count boats and sails in the harbour.');
    expect(told?.prompt).toMatch(/add only what is missing:\n +T-1: Count the boats/);
    await at.until('it waits', () => at.agent('architect').status === 'idle');
    const needs = needsYou(at.state, at.store.policy).map(({ kind }) => kind);
    expect(needs).toEqual(['plan']);
  },
  240_000,
);

test.skipIf(programOf(claude) === null)(
  'a full context: the goal goes to a fresh session once, then the person is told',
  async () => {
    const at = await giveGoal(() => [{ say: 'I look around.', run: 'ls' }, { fail: 'context' }]);
    const isTold = () =>
      needsYou(at.state, at.store.policy).some(({ text }) => /two context windows/.test(text));
    await at.until('the person is told', isTold, 200_000);
    expect(at.agent('architect').sessionCount).toBe(2);
    const goals = at.model.requests.filter(
      one => isOf('architect', one) && /^Belfry M-\d+ goal$/m.test(one.prompt),
    );
    expect(new Set(goals.map(({ prompt }) => prompt)).size).toBe(2);
  },
  300_000,
);
