import type { Role } from '../core/agent.ts';
import { wordsFor } from '../core/briefing/role-words.ts';
import type { AgentId } from '../core/ids.ts';
import type { Command } from '../core/input.ts';
import type { Claim, ClaimVerdict } from '../core/mail/judge-claim.ts';
import { type MessageRoutes, routeRefusal } from '../core/mail/message-routes.ts';
import { answerWords } from '../core/plan/finding-words.ts';
import type { Mail, MailAnswer } from '../ports/mailbox.ts';
import type { PlanDesk } from './plan/plan-desk.ts';

/**
 * What an agent said, as an input. A claim is only ever an observation, refused when it comes too late; a verb is
 * a command in the agent's own name, so that the core can refuse it by role. Rejects when the run is over: the mail
 * stays where it is, for the next start.
 */
export async function takeMail(
  agent: AgentId,
  role: Role,
  { mail, name }: { readonly mail: Mail; readonly name: string },
  team: {
    readonly planDesk: PlanDesk;
    readonly routes: MessageRoutes;
    /** Resolves once it is durable, or changes nothing. Rejects when the run is over. */
    claim(claim: Claim): Promise<ClaimVerdict>;
    command(command: Command): Promise<string | null>;
  },
): Promise<MailAnswer> {
  const claimed = async (claim: Claim): Promise<MailAnswer> => {
    const { isAccepted, text } = await team.claim(claim);
    return { isAccepted, text };
  };
  switch (mail.kind) {
    case 'done': {
      const { task, attempt, head, summary } = mail;
      return claimed({ type: 'agent.claimedDone', agent, task, attempt, head, summary });
    }
    case 'blocked': {
      const { task, attempt, why } = mail;
      return claimed({ type: 'agent.claimedBlocked', agent, task, attempt, why });
    }
    case 'addTask': {
      if (role !== 'architect')
        return { isAccepted: false, text: `only the architect adds tasks. ${wordsFor(role)}` };
      const added = await team.planDesk.add(mail.content, agent);
      if (!added.isAccepted) return { isAccepted: false, text: added.refused };
      const { task, isNew, findings } = added;
      const text = `${isNew ? `added ${task}` : `${task} is on the board`}: ${mail.content.title}`;
      return { isAccepted: true, text: [text, answerWords(findings)].join('\n').trim() };
    }
    case 'note': {
      if (mail.to === 'person')
        return { isAccepted: false, text: 'the person reads your terminal: say it there' };
      const { to, text, isUrgent = false } = mail;
      const refused = routeRefusal(team.routes, role, roleOf(to));
      if (refused !== null) return { isAccepted: false, text: refused };
      if (isUrgent && role !== 'manager')
        return {
          isAccepted: false,
          text: 'only the manager interrupts others: leave --urgent out',
        };
      const note = { from: agent, to, text, isGoal: false, isUrgent, mail: name } as const;
      return answer(await team.command({ type: 'message.send', ...note }));
    }
    default:
      return answer(await team.command(commandOf(agent, mail)));
  }
}

/** Ids say it; whether there is such a member is for the core to judge. */
const roleOf = (agent: string): Role =>
  agent === 'architect' || agent === 'manager' ? agent : 'engineer';

const answer = (refused: string | null, accepted = 'accepted'): MailAnswer =>
  refused === null ? { isAccepted: true, text: accepted } : { isAccepted: false, text: refused };

type Verb = Exclude<Mail, { kind: 'done' | 'blocked' | 'addTask' | 'note' }>;

function commandOf(by: AgentId, mail: Verb): Command {
  switch (mail.kind) {
    case 'guide':
      return { type: 'task.guide', task: mail.task, by, text: mail.text };
    case 'reassign':
      return { type: 'task.reassign', task: mail.task, by, to: mail.to, text: mail.text };
    case 'drop':
      return { type: 'task.drop', task: mail.task, by, why: mail.why };
    case 'split':
      return { type: 'task.split', task: mail.task, by, text: mail.text };
    case 'endSplit':
      return { type: 'task.endSplit', task: mail.task, by };
    case 'ask':
      return { type: 'task.ask', task: mail.task, by, text: mail.text };
  }
}
