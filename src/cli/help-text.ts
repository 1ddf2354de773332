import { type Command, commands } from './commands.ts';

const headings: Readonly<Record<Command['for'], string>> = {
  person: 'Commands',
  agent: 'Commands of the agents, in their worktrees',
  belfry: 'Started by Belfry itself',
};

/** The text of `belfry help`, or of one command. */
export function helpText(name?: string): string {
  const command = name === undefined ? undefined : commands[name];
  if (command !== undefined) return `${command.usage}\n\n  ${command.summary}\n`;
  const groups = (['person', 'agent', 'belfry'] as const).map(group => {
    const rows = Object.values(commands).filter(one => one.for === group);
    return `${headings[group]}:\n${rows.map(one => `  ${one.usage}\n      ${one.summary}`).join('\n')}`;
  });
  return `Belfry supervises a team of AI coding agents on your git repository, on one page.

${groups.join('\n\n')}

On the page, ? shows every key. Files: .belfry/team.yaml (the team), .belfry/tasks/ (the board).
`;
}
