import { describeTerminals } from '../contract/terminals.ts';
import { createMemoryTerminals } from './memory-terminals.ts';

describeTerminals('the terminal in memory', (program, size = { cols: 80, rows: 24 }) => {
  const terminals = createMemoryTerminals(side => {
    side.print(program.prints);
    side.onInput(keys => side.print(`[${visible(keys)}]`));
    if (program.exitsWith !== undefined) side.exit(program.exitsWith);
  });
  const terminal = terminals.open({
    id: 'eng-1',
    file: 'fake',
    args: [],
    cwd: '/',
    env: {},
    ...size,
  });
  return { terminal, terminals };
});

/** Control characters as `^[`, the way `cat -v` shows them. */
function visible(keys: string): string {
  return keys.replaceAll(
    /[\x00-\x1f]/g,
    char => `^${String.fromCharCode(char.charCodeAt(0) + 64)}`,
  );
}
