import { expect, test } from 'vitest';
import { assumedWindow, engineerWindow } from '../../../src/core/plan/engineer-window.ts';
import { lintTask } from '../../../src/core/plan/lint.ts';
import { noFacts } from '../../../src/core/plan/plan-facts.ts';
import { agent, agentId, state } from '../../support/core-builders.ts';
import { TeamDriver } from '../../support/team-driver.ts';
import { contentOf } from './plan-builder.ts';

const told = (...windows: readonly (number | undefined)[]) =>
  state({
    agents: [
      agent('architect', { contextWindow: 5_000 }),
      ...windows.map((contextWindow, index) =>
        agent(`eng-${index + 1}`, contextWindow === undefined ? {} : { contextWindow }),
      ),
    ],
  });
const asTold = { engineerWindow: null };

test('the window is what team.yaml says, else the smallest of an engineer, else assumed', () => {
  expect(engineerWindow(told(1_000_000, 258_400, undefined), { engineerWindow: 90_000 })).toEqual({
    ...{ tokens: 90_000, source: 'as team.yaml says' },
  });
  expect(engineerWindow(told(1_000_000, 258_400, undefined), asTold)).toEqual({
    ...{ tokens: 258_400, source: 'as eng-2 tells' },
  });
  expect(engineerWindow(told(undefined), asTold)).toBe(assumedWindow);
  // A mistake of a program must not refuse every plan.
  expect(engineerWindow(told(200), asTold)).toBe(assumedWindow);
});

test('the lint says which window it judged by', () => {
  const files = Array.from({ length: 10 }, (_, at) => ({ path: `src/a${at}.ts`, tokens: 10_000 }));
  const reasons = (window = assumedWindow) =>
    lintTask(
      contentOf('Type the props', { files: ['src/**'] }),
      ...([agentId('architect'), [], { ...noFacts, files }, 3, window] as const),
    ).map(({ reason }) => reason);
  expect(reasons()).toEqual([
    "its 10 files are about 100k tokens; an engineer's window of 200k (assumed: no engineer has told its own) leaves room for 80k",
  ]);
  expect(reasons({ tokens: 258_400, source: 'as eng-2 tells' })).toEqual([]);
  expect(reasons({ tokens: 90_000, source: 'as team.yaml says' })[0]).toContain(
    'window of 90k (as team.yaml says) leaves room for 36k',
  );
});

test('what an agent CLI tells of its window is kept, and is one fact', () => {
  const team = new TeamDriver(1);
  const id = agentId('eng-1');
  const measure = (contextUsed: number) =>
    team.input({
      ...{ type: 'agent.measured', agent: id, session: team.state.agents[id]?.session ?? '' },
      ...{ contextUsed, costUsd: null, contextWindow: 258_400 },
    });
  measure(0.1);
  measure(0.1);
  measure(0.2);
  expect(team.state.agents[id]?.contextWindow).toBe(258_400);
  const facts = team.eventsOf('agent.measured');
  expect(facts.map(({ contextWindow }) => contextWindow)).toEqual([258_400, undefined]);
});
