import { type Pty, spawn } from 'node-pty';
import { messageOf } from '../../lib/thrown.ts';
import { TerminalOpenError, type TerminalSpec, type Terminals } from '../../ports/terminals.ts';
import { findProgram } from './find-program.ts';
import { ParseQueue } from './parse-queue.ts';
import { PtyTerminal, type TapFor } from './pty-terminal.ts';
import { clampSize } from './xterm-screen.ts';

/** Terminals in real PTYs. All that are opened here share one parse queue; `tapFor` may listen to each. */
export function createTerminals(tapFor: TapFor = () => null): Terminals {
  const queue = new ParseQueue();
  return {
    open: spec => {
      const sized = { ...spec, ...clampSize(spec.cols, spec.rows) };
      return new PtyTerminal(sized, openPty(sized), queue, tapFor);
    },
  };
}

function openPty(spec: TerminalSpec): Pty {
  const program = findProgram(spec);
  try {
    return spawn(program, spec.args, {
      name: spec.env['TERM'] ?? 'xterm-256color',
      cols: spec.cols,
      rows: spec.rows,
      cwd: spec.cwd,
      env: spec.env,
      encoding: null,
    });
  } catch (error) {
    const reason = messageOf(error);
    throw new TerminalOpenError(
      `Terminal ${spec.id}: no PTY could be had for ${program} (${reason.trim()}). Close programs or raise the limit of open files (ulimit -n), then start the agent again.`,
    );
  }
}
