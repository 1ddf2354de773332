import { describe, expect, test } from 'vitest';
import { composeMessage } from '../../../src/core/briefing/compose-message.ts';
import type { Message } from '../../../src/core/message.ts';
import { agentId } from '../../support/core-builders.ts';
import { TeamDriver } from '../../support/team-driver.ts';
import { contentOf } from '../plan/plan-builder.ts';

const engineer = agentId('eng-1');

function atWork(): TeamDriver {
  const team = new TeamDriver(1);
  team.addTasks({ 'T-1': contentOf('Keep the order') });
  team.look(engineer, 'working');
  return team;
}
const say = (team: TeamDriver, text: string, isUrgent: boolean) =>
  team.input({
    ...{ type: 'message.send', from: 'person', to: engineer, text, isGoal: false, isUrgent },
  });
const noteOf = (team: TeamDriver, text: string): Message => {
  const note = team.state.messages.find(one => one.text === text);
  if (note === undefined) throw new Error(`no “${text}”`);
  return note;
};
const interrupts = (team: TeamDriver) =>
  team.effects.filter(effect => effect.type === 'interruptAgent');
const session = (team: TeamDriver) => team.state.agents[engineer]?.session ?? '';
const end = (team: TeamDriver) => {
  team.input({ type: 'agent.interrupted', agent: engineer, session: session(team) });
  team.look(engineer, 'idle');
};

describe('an urgent message', () => {
  test('goes before what was sent earlier, and interrupts the turn once', () => {
    const team = atWork();
    say(team, 'later', false);
    say(team, 'now', true);
    team.pass(1_000);
    expect(interrupts(team)).toEqual([
      { type: 'interruptAgent', agent: engineer, message: noteOf(team, 'now').id },
    ]);
    end(team);
    expect(noteOf(team, 'now').delivery).toBe('typed');
    expect(noteOf(team, 'later').delivery).toBe('queued');
  });

  test('says that the turn was interrupted for it, where it was', () => {
    const team = atWork();
    say(team, 'now', true);
    team.input({ type: 'agent.interrupted', agent: engineer, session: session(team) });
    const words = 'Answer it, then go on where you were.';
    expect(composeMessage(team.state, noteOf(team, 'now'), { work: null })).toContain(words);
    const calm = atWork();
    say(calm, 'now', false);
    expect(composeMessage(calm.state, noteOf(calm, 'now'), { work: null })).not.toContain(words);
  });

  test('to an agent at its prompt, one that asks or one that stands still, interrupts nothing', () => {
    const idle = new TeamDriver(1);
    say(idle, 'now', true);
    expect(noteOf(idle, 'now').delivery).toBe('delivered');
    const paused = atWork();
    paused.input({ type: 'agent.pause', agent: engineer });
    say(paused, 'now', true);
    const asking = atWork();
    asking.input({
      ...{ type: 'agent.looked', agent: engineer, session: session(asking) },
      ...{ status: 'permission', reason: 'test' },
      question: { id: 'q-1', kind: 'permission', text: 'rm?' },
    });
    say(asking, 'now', true);
    for (const team of [idle, paused, asking]) expect(interrupts(team)).toEqual([]);
    paused.input({ type: 'agent.resume', agent: engineer });
    expect(interrupts(paused)).toHaveLength(1);
  });

  test('that is not, waits for the end of the turn', () => {
    const team = atWork();
    say(team, 'later', false);
    team.pass(1_000);
    expect(interrupts(team)).toEqual([]);
  });
});
