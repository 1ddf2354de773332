import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMailbox } from '../../../src/adapters/mailbox/file-mailbox.ts';
import { awaitAnswer, postMail, readAssignment } from '../../../src/adapters/mailbox/post-mail.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import type { ContractMailbox } from '../../contract/mailbox.ts';

/** A mailbox on real worktree folders, with the agents' side of it. */
export function temporaryMailbox(): ContractMailbox & { readonly logged: readonly string[] } {
  const root = mkdtempSync(join(tmpdir(), 'belfry-'));
  const worktreeOf = (agent: AgentId) => join(root, agent);
  const logged: string[] = [];
  let now = 1_700_000_000_000;
  return {
    logged,
    mailbox: createMailbox({ log: { write: line => void logged.push(line) } }),
    worktreeOf,
    async post(agent, mail) {
      now += 1;
      const name = postMail(worktreeOf(agent), mail, now);
      const answer = await awaitAnswer(worktreeOf(agent), name, 10_000);
      if (answer === null) throw new Error(`no answer to ${JSON.stringify(mail)}`);
      return answer;
    },
    assignmentOf: agent => readAssignment(worktreeOf(agent)),
    remove: async () => rmSync(root, { recursive: true, force: true }),
  };
}
