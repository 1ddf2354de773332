import { describeMailbox } from '../../contract/mailbox.ts';
import { MemoryMailbox } from '../../support/memory-mailbox.ts';
import { temporaryMailbox } from './temporary-mailbox.ts';

describeMailbox('the worktree folders', temporaryMailbox);

describeMailbox('the memory', () => {
  const mailbox = new MemoryMailbox();
  return {
    mailbox,
    worktreeOf: agent => `/worktrees/${agent}`,
    post: (agent, mail) => mailbox.post(agent, mail),
    assignmentOf: agent => mailbox.assignments.get(agent) ?? null,
    remove: async () => {},
  };
});
