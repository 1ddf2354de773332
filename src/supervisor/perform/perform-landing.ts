import type { Effect } from '../../core/effect.ts';
import type { TaskId } from '../../core/ids.ts';
import { gateRunName } from '../../core/record/gate-run-name.ts';
import { assertNever } from '../../lib/assert.ts';
import { messageOf } from '../../lib/thrown.ts';
import type { GateCommand } from '../../ports/gate.ts';
import { recordedCommand } from '../receipts/recorded-command.ts';
import type { Performing } from './performing.ts';

type LandingEffect = Extract<
  Effect,
  { type: 'buildCandidate' | 'runGate' | 'cancelGate' | 'landCandidate' | 'followCheckout' }
>;

/** Everything that moves towards the trunk runs one after the other, in one lane. */
export function performLanding(effect: LandingEffect, given: Performing): void {
  if (effect.type === 'cancelGate') {
    // Not in the lane: it would wait for the very run that it is to end.
    void given.world.gate.cancel(runningGateOf(effect.task, effect.attempt, given) ?? '');
    return;
  }
  given.lanes.run('landing', async () => {
    switch (effect.type) {
      case 'buildCandidate':
        return buildCandidate(effect, given);
      case 'runGate':
        return runGate(effect, given);
      case 'landCandidate':
        return landCandidate(effect, given);
      case 'followCheckout':
        return given.observe({
          type: 'checkout.seen',
          ...(await given.world.trunk.followCheckout()),
        });
      default:
        return assertNever(effect);
    }
  });
}

async function buildCandidate(
  effect: Extract<Effect, { type: 'buildCandidate' }>,
  given: Performing,
): Promise<void> {
  const { task, attempt } = effect;
  const { trunk, worktrees } = given.world;
  const known = given.state().tasks[task];
  if (known === undefined) return;
  try {
    const answer = await trunk.build(task, attempt, {
      title: known.title,
      agent: known.assignee ?? 'unknown',
      at: known.attempts.at(-1)?.startedAt ?? known.addedAt,
      // Not what its acceptance commands name: that is often the very work.
      commands: given.team.gate.map(({ command }) => command),
    });
    if (answer.kind === 'built') {
      const { candidate, risks } = answer;
      given.observe({ type: 'candidate.built', task, attempt, candidate, risks });
    } else if (answer.kind === 'conflicted') {
      await worktrees.publishTrunk(await trunk.head());
      given.observe({ type: 'candidate.conflicted', task, attempt, files: answer.files });
    } else if (answer.kind === 'empty') {
      given.observe({ type: 'candidate.empty', task, attempt });
    } else {
      const { commit, head } = answer;
      const landed = { answer: 'landed', reason: 'it was on the trunk already' } as const;
      given.observe({ type: 'landing.answered', task, attempt, commit, head, ...landed });
    }
  } catch (error) {
    given.observe({ type: 'candidate.failed', task, attempt, reason: messageOf(error) });
  }
}

async function runGate(
  effect: Extract<Effect, { type: 'runGate' }>,
  given: Performing,
): Promise<void> {
  const { task, attempt, run, subject, commit } = effect;
  const commands = subject === 'trunk' ? given.team.gate : commandsFor(task, given);
  const id = gateRunName(task, attempt, run, subject);
  const result = await given.world.gate.run({ id, commit, commands });
  const command = recordedCommand(commands);
  const about = { task, attempt, run, subject, subjectCommit: commit };
  given.observe({ type: 'gate.finished', ...about, command, result });
}

/** The gate comes from the team's own file, the acceptance commands from the task: never from the branch. */
function commandsFor(task: TaskId, given: Performing): readonly GateCommand[] {
  const accept = given.state().tasks[task]?.accept ?? [];
  return [
    ...given.team.gate,
    ...accept.map((command, index) => ({
      ...{ name: `accept ${index + 1}`, command },
      ...given.team.acceptance,
    })),
  ];
}

async function landCandidate(
  effect: Extract<Effect, { type: 'landCandidate' }>,
  given: Performing,
): Promise<void> {
  const { task, attempt, candidate } = effect;
  const { commit } = candidate;
  try {
    const { kind, head } = await given.world.trunk.land(task, candidate);
    if (kind === 'landed') await given.world.worktrees.publishTrunk(head);
    const reason = kind === 'stale' ? 'the trunk moved while the gate ran' : '';
    given.observe({ type: 'landing.answered', task, attempt, commit, answer: kind, head, reason });
  } catch (error) {
    const { base } = candidate;
    const failed = { answer: 'failed', head: base, reason: messageOf(error) } as const;
    given.observe({ type: 'landing.answered', task, attempt, commit, ...failed });
  }
}

function runningGateOf(task: TaskId, attempt: number, given: Performing): string | null {
  const id = given.world.gate.current?.id;
  return id?.startsWith(`${task}-${attempt}-`) ? id : null;
}
