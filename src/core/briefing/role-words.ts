import type { Role } from '../agent.ts';

const words: Readonly<Record<Role, string>> = {
  engineer:
    'An engineer says “belfry done --summary …”, “belfry blocked --why …” or “belfry note --to manager …”',
  manager:
    'The manager answers an escalation with “belfry guide”, “reassign”, “split”, “drop” or “ask”',
  architect:
    'The architect adds tasks with “belfry task add --title …”, ends a split with “belfry split T-12 --done”, and writes with “belfry note --to manager …”',
};

/** What would be accepted from somebody who said what is not theirs to say. */
export const wordsFor = (role: Role | undefined): string =>
  role === undefined ? 'You are not on the team' : words[role];
