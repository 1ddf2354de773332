import { mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { UserError } from '../user-error.ts';
import { readArguments } from './read-arguments.ts';
import { endRunningCommands } from './run-command.ts';
import { loadScenario } from './scenario/load-scenario.ts';
import { KeyReader } from './screen/key-reader.ts';
import { ScriptedAgent } from './scripted-agent.ts';

/** An escape character alone for this long is the Escape key. */
const escapeMs = 40;

/**
 * The agent CLI that ships with Belfry: a real program in a real PTY that plays a scenario file. Needs
 * no model, account or network. Resolves with the exit code; throws `UserError` for a wrong call.
 */
export async function runScriptedAgent(argv: readonly string[]): Promise<number> {
  const given = readArguments(argv);
  const scenario = loadScenario(given.scenario);
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY)
    throw new UserError('scripted-agent: needs a terminal; Belfry starts it in one', 2);
  mkdirSync(given.home, { recursive: true, mode: 0o700 });
  const agent = new ScriptedAgent(given, scenario, process.cwd());
  const keys = new KeyReader();
  let escapeTimer: NodeJS.Timeout | undefined;

  stdin.setRawMode(true).setEncoding('utf8');
  stdin.on('data', (chunk: string) => {
    clearTimeout(escapeTimer);
    for (const key of keys.feed(chunk)) agent.press(key);
    escapeTimer = setTimeout(() => {
      for (const key of keys.flush()) agent.press(key);
    }, escapeMs);
  });
  stdout.on('resize', () => agent.resized());
  endAtOnceOnSignals();
  agent.start();

  const code = await agent.ended;
  clearTimeout(escapeTimer);
  agent.close(code === 0 ? `Resume this session with --session ${given.session} --resume\r\n` : '');
  stdin.setRawMode(false).pause();
  endRunningCommands();
  return code;
}

/** The terminal is gone or somebody wants us gone: no farewell, and no command is left behind. */
function endAtOnceOnSignals(): void {
  const end = (code: number) => {
    endRunningCommands();
    process.exit(code);
  };
  for (const name of ['SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => end(128 + constants.signals[name]));
  for (const stream of [process.stdin, process.stdout])
    stream.on('error', () => end(128 + constants.signals.SIGHUP));
  process.stdin.on('end', () => end(128 + constants.signals.SIGHUP));
}
