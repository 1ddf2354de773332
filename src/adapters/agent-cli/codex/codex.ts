import type { AgentCli } from '../../../ports/agent-cli.ts';
import type { Prices } from '../prices.ts';
import { readSigns } from '../read-signs.ts';
import { keysFor, menuOptions } from '../screen-lines.ts';
import { codexHomeOf, launchCodex } from './launch.ts';
import { notificationSign } from './notification-sign.ts';
import { screenSign } from './screen-sign.ts';
import { titleSign } from './title-sign.ts';

/** Codex. Seen with 0.169.0. */
export function createCodexCli(prices: Prices, program = 'codex'): AgentCli {
  return {
    name: 'codex',
    isScripted: false,
    abilities: {
      ...{ program, versions: '0.169.0', resumes: 'session', usage: ['context', 'tokens', 'cost'] },
      ...{ asks: 'command', isAnswered: true },
      notes: [
        'its app server is not used',
        'with hooks of your own or of the repository it asks for each word to Belfry, too',
      ],
      // It asks again, and pays again, when its stream has been silent for a time that the person may set: 30 s were seen.
      holdsForMs: 20_000,
      signals: ['its rollout file', 'its hook', 'its title', 'its screen', 'its notification'],
      loginFiles: ['{userHome}/.codex/auth.json'],
      loginVariables: ['OPENAI_API_KEY'],
      // 0.169 shows its sign-in page whatever variables are set.
      keyLogin: 'printenv OPENAI_API_KEY | codex login --with-api-key',
    },
    environment: ['CODEX_HOME'],
    sessionsFolder: codexHomeOf,
    takesInstructions: true,
    launch: request => launchCodex(program, prices, request),
    readStatus: signs => readSigns(signs, { titleSign, screenSign, notificationSign }),
    submitDelayMs: 300,
    interruptKeys: '\x1b',
    exitKeys: '\x03',
    answerKeys: (answer, lines) => {
      const wanted = answer === 'yes' ? /^(Yes|Trust and)\b/ : /^(No|Back)\b/;
      // A number only moves the pointer in some of its dialogs.
      const keys = keysFor(menuOptions(lines, '›'), wanted, { byNumber: false });
      // On a low screen the answers do not all have a place: the pointer brings the next one.
      const hasMore = lines.some(line => line.trim() === '↓');
      return keys ?? (hasMore ? { keys: '\x1b[B', isLast: false } : null);
    },
  };
}
