import type { Role } from '../../../src/core/agent.ts';
import type { Conversation, Script, Step } from '../../support/fake-model/script.ts';
import type { PinnedCli } from './pinned-clis.ts';

/** One real engineer; architect and manager cost nothing and say nothing. */
export const oneEngineer = (
  cli: PinnedCli['name'],
  permissions: 'ask' | 'full',
  gate = 'test -f README.md',
): string => `gate: ${gate}
policy: { land: auto }
roles:
  architect: { cli: scripted }
  manager: { cli: scripted }
  engineer: { cli: ${cli}, count: 1, permissions: ${permissions}, env: ENV }
`;

/** Steps of an engineer that writes a file, commits it and claims to be done. */
export const writesFile = (path: string, text: string): readonly Step[] => [
  { say: 'I write it.', run: `printf '%s\\n' '${text}' > ${path}` },
  { say: 'I commit it.', run: `git add ${path} && git commit --quiet --message 'Write ${path}'` },
  { say: 'I say so.', run: `belfry done --summary '${path} is written'` },
  { say: 'It is done.' },
];

/** Whoever is told T-3 writes part-3.txt. */
export const writesParts: Script = prompt => {
  const [, number] = / task T-(\d)\//.exec(prompt) ?? [];
  return number === undefined ? [{ say: 'Fine.' }] : writesFile(`part-${number}.txt`, number);
};

/** Whose turn the model is asked for, by the standing instructions that Belfry gives to each role. */
export const isOf = (role: Role, { everything }: Conversation): boolean =>
  everything.includes(`You are ${role === 'engineer' ? 'an' : 'the'} ${role} of a team`);
