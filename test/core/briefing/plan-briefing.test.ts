import { expect, test } from 'vitest';
import { composeMessage } from '../../../src/core/briefing/compose-message.ts';
import { briefingMark, planBriefing } from '../../../src/core/briefing/plan-briefing.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import { noFacts } from '../../../src/core/plan/plan-facts.ts';
import { TeamDriver } from '../../support/team-driver.ts';
import { contentOf, factsOf } from '../plan/plan-builder.ts';

const team = { engineers: 3, gate: ['npm test'] };
const facts = factsOf({
  files: {
    ...{ 'src/statement.ts': 300, 'src/category.ts': 200, 'src/money.ts': 100 },
    ...{ 'test/statement.test.ts': 150, 'logo.png': 0 },
  },
  companions: { 'src/statement.ts': ['src/csv.ts', 5, 0.8] },
  changeShares: { 'src/category.ts': 0.2 },
});
const goal = 'Read bank statements and sort them into categories';

test('maps the goal to files, tests, habits, open work, the team and the rules', () => {
  const driver = new TeamDriver(3);
  driver.addTasks({ 'T-1': contentOf('Keep the order', { files: ['src/queue.ts'] }) });
  const lines = planBriefing(goal, driver.state, facts, team);
  const text = lines.join('\n');
  expect(lines[0]).toBe(briefingMark);
  expect(text).toContain('src/category.ts (200 tokens)');
  expect(text).not.toContain('src/money.ts (');
  expect(text).toContain('the gate runs: npm test');
  expect(text).toContain('1 test files, such as test/statement.test.ts');
  expect(text).toContain('src/statement.ts with src/csv.ts (80 %)');
  expect(text).toContain('T-1 (doing) Keep the order: src/queue.ts');
  expect(text).toContain('3 engineers work at the same time');
  expect(text).toContain('overlap: two branches in one file');
});

test('stays short on a large repository, whatever its files are called', () => {
  const files = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, index) => [
      `src/m${index}/statement\n\u001b[2J${index}.ts`,
      10,
    ]),
  );
  const text = planBriefing(goal, new TeamDriver().state, factsOf({ files }), team).join('\n');
  expect(text.length).toBeLessThan(10_000);
  expect(text).not.toContain('\u001b');
});

test('a goal carries it to the architect', () => {
  const driver = new TeamDriver();
  driver.input({
    ...{ type: 'message.send', from: 'person', to: 'architect' as AgentId, text: goal },
    isGoal: true,
  });
  const message = driver.state.messages.at(-1);
  if (message === undefined) throw new Error('nothing was sent');
  const briefing = planBriefing(goal, driver.state, noFacts, team);
  const text = composeMessage(driver.state, message, { work: null, briefing });
  expect(text.indexOf(goal)).toBeLessThan(text.indexOf(briefingMark));
  expect(composeMessage(driver.state, message, { work: null })).not.toContain(briefingMark);
});
