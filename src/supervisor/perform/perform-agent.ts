import { composeMessage } from '../../core/briefing/compose-message.ts';
import { planBriefing } from '../../core/briefing/plan-briefing.ts';
import type { Effect } from '../../core/effect.ts';
import { type AgentId, branchOf, type TaskId } from '../../core/ids.ts';
import { faultWhyCharsMax } from '../../core/limits.ts';
import type { Message } from '../../core/message.ts';
import type { State } from '../../core/state.ts';
import { assertNever } from '../../lib/assert.ts';
import { messageOf } from '../../lib/thrown.ts';
import { withRemedy } from '../exit-reason.ts';
import type { Member } from '../world.ts';
import type { Performing } from './performing.ts';

type AgentEffect = Extract<Effect, { agent: AgentId }>;

/** Effects on one agent run one after the other: its worktree is ready before its prompt is typed. */
export function performOnAgent(effect: AgentEffect, given: Performing): void {
  const { agent } = effect;
  const member = given.members.get(agent);
  if (member === undefined) return;
  given.lanes.run(`agent ${agent}`, async () => {
    switch (effect.type) {
      case 'launchAgent':
        return launch(effect, member, given);
      case 'stopAgent':
        return given.agents.stop(agent);
      case 'holdAgent':
        return given.agents.hold(member);
      case 'releaseAgent':
        return given.agents.release(agent);
      case 'answerQuestion':
        return given.agents.answer(member, effect.question, effect.answer);
      case 'prepareWorktree':
        given.unprepared.set(agent, effect.task);
        return orFault(effect, given, () => prepareWorktree(agent, effect.task, given));
      case 'endAssignment':
        // It may hold another one by the time.
        if (given.state().agents[agent]?.task == null)
          await given.world.mailbox.writeAssignment(agent, null);
        return;
      case 'saveWork': {
        const saved = await given.world.worktrees.saveWork(agent, `${effect.task}: ${effect.why}`);
        if (saved !== null) given.world.log.write(`${agent}: work saved as ${saved.ref}`);
        return;
      }
      case 'keepWork':
        await given.world.worktrees.keepWork(effect.task, head(given.state()));
        return;
      case 'deliverMessage':
        return deliver(member, effect.message, given);
      case 'interruptAgent':
        return given.agents.interrupt(member, () => isQueued(given.state(), effect.message));
      case 'submitAgain':
        return submitAgain(member, effect.message, given);
      case 'inspectWork':
        return orFault(effect, given, () => inspectWork(effect, given));
      default:
        return assertNever(effect);
    }
  });
}

const isQueued = ({ messages }: State, id: string) =>
  messages.some(one => one.id === id && one.delivery === 'queued');

async function launch(
  effect: Extract<Effect, { type: 'launchAgent' }>,
  member: Member,
  given: Performing,
): Promise<void> {
  const { agent, session, resume } = effect;
  try {
    await given.agents.launch(member, session, given.cliSessionOf(session), resume);
  } catch (error) {
    given.world.log.write(`${agent}: launch failed: ${String(error)}`);
    const reason = withRemedy(messageOf(error));
    given.observe({ type: 'agent.exited', agent, session, reason });
  }
}

/** Nobody can be judged by a worktree that git cannot handle. */
async function orFault(
  { agent, task, attempt }: Extract<AgentEffect, { type: 'prepareWorktree' | 'inspectWork' }>,
  given: Performing,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const why = messageOf(error).slice(0, faultWhyCharsMax);
    given.world.log.write(`${agent}: the worktree of ${task}/${attempt} fails: ${why}`);
    given.observe({ type: 'worktree.failed', agent, task, attempt, why });
  }
}

async function prepareWorktree(agent: AgentId, task: TaskId, given: Performing): Promise<void> {
  const { worktrees, mailbox, trunk } = given.world;
  const head = await trunk.head();
  await worktrees.publishTrunk(head);
  await worktrees.startTask(agent, task, head);
  const state = given.state();
  const held = state.tasks[task];
  if (held === undefined || held.assignee !== agent) return;
  const before = held.attempts.at(-2)?.end?.kind;
  if (before === 'conflicted' || before === 'collided') await worktrees.mergeTrunk(agent, head);
  await mailbox.writeAssignment(agent, {
    ...{ agent, task, attempt: held.attempt, branch: branchOf(task) },
    ...{ base: head, files: held.files },
  });
  given.unprepared.delete(agent);
}

async function deliver(member: Member, id: string, given: Performing): Promise<void> {
  const state = given.state();
  const message = state.messages.find(one => one.id === id);
  if (message === undefined || message.delivery !== 'typed') return;
  try {
    if (message.task !== null && given.unprepared.get(member.agent) === message.task)
      throw new Error('its worktree is not prepared');
    const work =
      message.task === null
        ? null
        : await given.world.worktrees.branchWork(message.task, head(state));
    const briefing = message.kind === 'goal' ? await briefingFor(message.text, given) : undefined;
    const kept = await keptFor(message, given);
    const extra = {
      ...{ work, ...(briefing && { briefing }), ...(kept && { kept }) },
      ...(message.kind === 'handoff' && { uncommitted: await uncommittedOf(member, given) }),
    };
    await given.agents.deliver(member, id, composeMessage(state, message, extra));
    given.observe({ type: 'message.entered', id });
  } catch (error) {
    notTyped(member, id, error, given);
  }
}

async function submitAgain(member: Member, id: string, given: Performing): Promise<void> {
  try {
    const rows = await given.agents.submitAgain(member, id);
    const shown = rows.filter(row => row.trim() !== '').slice(-shownRowsMax);
    given.world.log.write(
      `${member.agent}: ${id} was not confirmed. It shows: ${shown.join(' ⏎ ')}`,
    );
    given.observe({ type: 'message.entered', id });
  } catch (error) {
    notTyped(member, id, error, given);
  }
}

function notTyped({ agent }: Member, id: string, error: unknown, given: Performing): void {
  const why = messageOf(error).slice(0, faultWhyCharsMax);
  given.world.log.write(`${agent}: ${id} was not typed: ${why}`);
  given.observe({ type: 'message.failed', id, why });
}

/** An input box with what stands around it. */
const shownRowsMax = 12;

/** A handoff without this line is better than none. */
async function uncommittedOf({ agent }: Member, { world }: Performing) {
  try {
    return (await world.worktrees.status(agent)).uncommitted;
  } catch (error) {
    world.log.write(`${agent}: its worktree cannot be looked at: ${String(error)}`);
    return null;
  }
}

/** What a task left behind that is being split, or of which this one is a part. */
async function keptFor(message: Message, { world, state }: Performing) {
  const task = message.task === null ? undefined : state().tasks[message.task];
  const whole = message.kind === 'split' ? task?.id : task?.splits;
  return whole === undefined ? null : world.worktrees.keepWork(whole, head(state()));
}

/** A goal without a briefing is better than none. */
async function briefingFor(
  goal: string,
  { world, team, state }: Performing,
): Promise<readonly string[] | undefined> {
  try {
    const engineers = team.members.filter(({ role }) => role === 'engineer').length;
    const gate = team.gate.map(({ command }) => command);
    return planBriefing(goal, state(), await world.facts.read([]), { engineers, gate });
  } catch (error) {
    world.log.write(`no briefing for the architect: ${String(error)}`);
    return undefined;
  }
}

const head = (state: State) => {
  if (state.trunk.head === null) throw new Error('the trunk is not known yet');
  return state.trunk.head;
};

async function inspectWork(
  effect: Extract<Effect, { type: 'inspectWork' }>,
  given: Performing,
): Promise<void> {
  const { agent, task, attempt } = effect;
  try {
    await given.world.worktrees.saveWork(agent, `${task}: stopped without a claim`);
  } catch (error) {
    // It is judged by what it committed, and that is there.
    given.world.log.write(`${agent}: work not saved: ${messageOf(error)}`);
  }
  const work = await given.world.worktrees.branchWork(task, head(given.state()));
  const { head: tip } = work ?? (await given.world.worktrees.status(agent));
  given.observe({ type: 'work.inspected', task, attempt, head: tip, commits: work?.commits ?? 0 });
}
