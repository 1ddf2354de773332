import type { AgentCli, StatusSigns } from '../../../ports/agent-cli.ts';
import { readSigns } from '../read-signs.ts';
import { keysFor, menuOptions } from '../screen-lines.ts';
import { configurationFolder, launchClaude } from './launch.ts';
import { hasLimitMenu, screenSign } from './screen-sign.ts';
import { titleSign } from './title-sign.ts';

const planYes = /^Yes, manually approve/;

/** Claude Code. Seen with 2.1.197 and 2.1.330. */
export function createClaudeCli(program = 'claude'): AgentCli {
  return {
    name: 'claude',
    isScripted: false,
    abilities: {
      ...{ program, versions: '2.1.197 and 2.1.330', resumes: 'session' },
      signals: ['its session file', 'its hook', 'its title', 'its screen'],
      usage: ['context', 'tokens', 'cost'],
      ...{ asks: 'command', isAnswered: true, notes: [] },
      // 100 seconds were seen to do no harm.
      holdsForMs: 90_000,
      loginFiles: ['{userHome}/.claude/.credentials.json'],
      // There it keeps its login in the keychain.
      hidesLogin: process.platform === 'darwin',
      loginVariables: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN'],
    },
    environment: ['CLAUDE_CONFIG_DIR', 'ANTHROPIC_BASE_URL', 'IS_SANDBOX'],
    sessionsFolder: configurationFolder,
    takesInstructions: true,
    launch: request => launchClaude(program, request),
    readStatus: (signs: StatusSigns) => readSigns(signs, { titleSign, screenSign }),
    submitDelayMs: 300,
    interruptKeys: '\x1b',
    exitKeys: '\x03\x03',
    answerKeys: (answer, lines) => {
      const options = menuOptions(lines, '❯');
      // A yes to a plan allows no more than the plan: the first answer there would end all asking. It has no “No”.
      const isPlan = options.some(({ label }) => planYes.test(label));
      if (isPlan && answer === 'no') return { keys: '\x1b', isLast: true };
      const wanted = isPlan ? planYes : answer === 'yes' ? /^Yes\b/ : /^No\b/;
      return keysFor(options, wanted, { byNumber: true });
    },
    clearKeys: lines => (hasLimitMenu(lines) ? '\x1b' : null),
  };
}
