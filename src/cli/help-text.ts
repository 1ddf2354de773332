import { type Command, commands } from './commands.ts';
import { details } from './help/details.ts';

const headings: Readonly<Record<Command['for'], string>> = {
  person: 'Commands',
  agent: 'Commands of the agents, in their worktrees',
  belfry: 'Started by Belfry itself',
};

/** The text of `belfry help`, or of one command. */
export function helpText(name?: string): string {
  const command = name === undefined ? undefined : commands[name];
  if (command !== undefined)
    return `${command.usage}\n\n  ${command.summary}\n${detailRows(name ?? '')}`;
  const groups = (['person', 'agent', 'belfry'] as const).map(group => {
    const rows = Object.values(commands).filter(one => one.for === group);
    return `${headings[group]}:\n${rows.map(one => `  ${one.usage}\n      ${one.summary}`).join('\n')}`;
  });
  return `Belfry supervises a team of AI coding agents on your git repository, on one page.

${groups.join('\n\n')}

On the page, ? shows every key. Files: .belfry/team.yaml (the team), .belfry/tasks/ (the board).
`;
}

function detailRows(name: string): string {
  const rows = (Object.hasOwn(details, name) ? details[name] : undefined) ?? [];
  const width = Math.max(...rows.map(([what]) => what.length)) + 2;
  const lines = rows.map(([what, meaning]) => `  ${what.padEnd(width)}${meaning}\n`);
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}
