import type { Command } from '../../core/input.ts';
import type { State } from '../../core/state.ts';
import type { Action, Situation } from './action.ts';

/** Long enough to see what one has done, short enough that nobody else has built on it. */
export const undoForMs = 30_000;

/** What takes a command back; null for what cannot be taken back. `before` is the state that it was given in. */
export function undoOf(command: Command, before: State): Command | null {
  switch (command.type) {
    case 'team.pause':
      return { type: 'team.resume' };
    case 'team.resume':
      return { type: 'team.pause' };
    case 'agent.pause':
      return { type: 'agent.resume', agent: command.agent };
    case 'agent.resume':
      return { type: 'agent.pause', agent: command.agent };
    case 'agent.stop':
      return { type: 'agent.start', agent: command.agent };
    case 'agent.start':
      return { type: 'agent.stop', agent: command.agent };
    case 'task.pause':
      return { type: 'task.resume', task: command.task };
    case 'task.resume':
      return { type: 'task.pause', task: command.task };
    case 'task.move': {
      const column = before.tasks[command.task]?.column;
      return column ? { type: 'task.move', task: command.task, column } : null;
    }
    default:
      return null;
  }
}

const current = ({ ui, time }: Situation) => (ui.undo && time < ui.undo.until ? ui.undo : null);

export const undoActions = {
  'page.undo': {
    title: 'undo what was done in the last 30 seconds',
    unavailable: situation => (current(situation) ? null : 'nothing can be undone any more'),
    run: situation => current(situation)?.intents ?? [],
  },
} as const satisfies Record<string, Action>;
