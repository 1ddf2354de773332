import { tmpdir } from 'node:os';
import { createTerminals } from '../../../src/adapters/terminal/terminals.ts';
import type { Terminal, Terminals } from '../../../src/ports/terminals.ts';

let count = 0;

/** Runs JavaScript in a PTY under a tag of its own, with nothing of this process's environment but the PATH. */
export function openScript(
  script: string,
  args: readonly string[] = [],
  size: { readonly cols: number; readonly rows: number } = { cols: 80, rows: 24 },
  terminals: Terminals = createTerminals(),
): { readonly terminal: Terminal; readonly terminals: Terminals } {
  count += 1;
  const terminal = terminals.open({
    id: `eng-${count}`,
    file: process.execPath,
    args: ['-e', script, '--', ...args],
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] ?? '', BELFRY_TAG: `test-${process.pid}/eng-${count}` },
    ...size,
  });
  return { terminal, terminals };
}
