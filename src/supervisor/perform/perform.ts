import type { Effect } from '../../core/effect.ts';
import { writeBatch } from '../plan/write-batch.ts';
import { performOnAgent } from './perform-agent.ts';
import { performLanding } from './perform-landing.ts';
import type { Performing } from './performing.ts';

/** Starts one effect. Neither throws nor waits; what comes of it arrives as an observation. */
export function perform(effect: Effect, given: Performing): void {
  switch (effect.type) {
    case 'buildCandidate':
    case 'runGate':
    case 'cancelGate':
    case 'landCandidate':
    case 'followCheckout':
      return performLanding(effect, given);
    case 'findChanges':
      return given.radar.landed(effect.task, effect.candidate);
    case 'writeBoard': {
      const { task } = effect;
      return given.lanes.run('board', async () => {
        // The newest column, not the one of the time of asking: writes must not overtake each other.
        const column = given.state().tasks[task]?.column;
        if (column !== undefined) await given.world.boardFiles.writeStatus(task, column);
      });
    }
    case 'writeBatch':
      return given.lanes.run('board', () => writeBatch(effect.tasks, given));
    default:
      return performOnAgent(effect, given);
  }
}
