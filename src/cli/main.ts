import { statSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { diskWords } from '../lib/disk-words.ts';
import { nearestWord } from '../lib/nearest-word.ts';
import { commands } from './commands.ts';
import { helpText } from './help-text.ts';
import { exitUsage, UserError } from './user-error.ts';

const argv = process.argv.slice(2);

// Every later start takes the compiled parts from here; where the folder cannot be written, none does.
const cacheHome = process.env['XDG_CACHE_HOME'] ?? '';
enableCompileCache(join(isAbsolute(cacheHome) ? cacheHome : join(homedir(), '.cache'), 'belfry'));

/** Parses the command's name, runs it, turns what it throws into one message and an exit code. */
async function main(): Promise<number> {
  const [first, ...rest] = argv;
  if (first === '--help' || first === '-h') return help();
  if (first === 'help') return help(rest.find(word => !word.startsWith('-')));
  if (first === '--version' || first === '-v') {
    process.stdout.write(`${packageJson.version}\n`);
    return 0;
  }
  if (first === undefined || first.startsWith('-')) return run('run', argv);
  if (isCommand(first)) return run(first, rest);
  if (isFolder(first)) return run('run', argv);
  throw unknownCommand(first);
}

const isCommand = (word: string): boolean => Object.hasOwn(commands, word);

const isFolder = (word: string): boolean =>
  word.includes('/') || (statSync(word, { throwIfNoEntry: false })?.isDirectory() ?? false);

function unknownCommand(first: string): UserError {
  const near = nearestWord(first, Object.keys(commands));
  const hint = near === null ? '' : ` Did you mean “${near}”?`;
  const text = `there is no command “${first}”, nor a folder.${hint} “belfry help” lists the commands.`;
  return new UserError(text, exitUsage);
}

/** Of all commands, or of one. */
function help(name?: string): number {
  if (name !== undefined && !isCommand(name)) throw unknownCommand(name);
  process.stdout.write(helpText(name));
  return 0;
}

async function run(name: string, args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) return help(name);
  const command = commands[name];
  if (command === undefined) throw new Error(`no command ${name}`);
  const runCommand = await command.load();
  try {
    return await runCommand(args, {
      stdout: text => void process.stdout.write(text),
      stderr: text => void process.stderr.write(text),
      env: process.env,
      cwd: process.cwd(),
    });
  } catch (error) {
    if (!(error instanceof UserError) || error.exitCode !== exitUsage) throw error;
    throw new UserError(`${error.message}\nUsage: ${command.usage}`, exitUsage);
  }
}

/** What is still open after the last word, such as a terminal that was closed, must not keep the program. */
const lingerMsMax = 2_000;

// Whoever reads may have enough, as in “belfry doctor | head”.
if (!process.stdout.isTTY)
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });

try {
  process.exitCode = await main();
} catch (error) {
  const said = error instanceof UserError ? error.message : diskWords(error);
  if (said === null) throw error;
  process.stderr.write(`belfry: ${said}\n`);
  process.exitCode = error instanceof UserError ? error.exitCode : 1;
}
setTimeout(() => process.exit(), lingerMsMax).unref();
