import { existsSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchRequest, SignalSource } from '../../../ports/agent-cli.ts';
import { readSmallFile } from '../../following/read-small-file.ts';
import { objectOf, parseObject, textOf } from '../json-object.ts';
import { keepSession, keptSession } from '../kept-session.ts';
import type { Channel, OpenedChannel } from '../manifest/channel.ts';
import type { Prices } from '../prices.ts';
import { createChatParser } from './chat-signs.ts';
import { createLogParser } from './log-signs.ts';
import { ownPolicy } from './own-policy.ts';

/** Chat file and log go by one name: of what they say, the newest counts. */
const sourceName = 'its record';

/**
 * Gemini CLI writes its chats into its own folder, and a log where a variable names a file for it. Its hooks are
 * not used: their settings would have to stand in a file of the person, of the repository or of root.
 */
export const createRecordsChannel = (prices: Prices): Channel => ({
  signals: [sourceName],
  usage: ['context', 'tokens', 'cost'],
  takesInstructions: false,
  // Seen with 0.61.0: the next request holds nothing of it.
  forgetsCutTurn: true,
  open: request => open(request, prices),
});

function open(request: LaunchRequest, prices: Prices): OpenedChannel {
  const { home, session, worktree } = request;
  const logFile = join(home, `log-${session}.txt`);
  rmSync(logFile, { force: true });
  const folder = geminiFolder(request.env);
  const projectsFile = join(folder, 'projects.json');
  const before = new Set(
    chatsIn(chatsFolder(folder, projectOf(readSmallFile(projectsFile) ?? '', worktree))),
  );
  const chatSource = (path: string, isOld: boolean): SignalSource => ({
    // What stands in it is over.
    ...{ name: sourceName, path, reading: isOld ? 'newLines' : 'lines' },
    parse: createChatParser(prices, () => keepSession(home, session, path)),
  });
  const chatsSource = (path: string): SignalSource => ({
    ...{ name: sourceName, path, reading: 'whole' },
    parse: names =>
      ownChats(names.split('\n'), session).map(name => ({
        ...{ kind: 'follow', source: chatSource(join(path, name), before.has(name)) },
      })),
  });
  return {
    ownSession: existsSync(keptSession(home, session) ?? '') ? session : null,
    env: { GEMINI_DEBUG_LOG_FILE: logFile },
    args: ownPolicy(home, folder, request),
    sources: [
      { name: sourceName, path: logFile, reading: 'lines', parse: createLogParser() },
      {
        ...{ name: sourceName, path: projectsFile, reading: 'whole' },
        parse: text => {
          const project = projectOf(text, worktree);
          if (project === null) return [];
          return [{ kind: 'follow', source: chatsSource(chatsFolder(folder, project)) }];
        },
      },
    ],
  };
}

const geminiFolder = (env: Readonly<Record<string, string>>): string =>
  join(env['GEMINI_CLI_HOME'] ?? env['HOME'] ?? '/', '.gemini');

const chatsFolder = (folder: string, project: string | null): string =>
  join(folder, 'tmp', project ?? '', 'chats');

/** Gemini CLI gives each folder that it works in a short name. */
function projectOf(projects: string, worktree: string): string | null {
  const names = objectOf(parseObject(projects)?.['projects']);
  const name = textOf(names?.[realPath(worktree)]) ?? textOf(names?.[worktree]);
  return name !== null && /^[\w-][\w.-]*$/.test(name) ? name : null;
}

/** `session-2026-11-23T23-50-72d73977.jsonl`: the minute in which it began, and how the id of the session begins. */
const ownChats = (names: readonly string[], session: string): readonly string[] =>
  names.filter(
    name => name.startsWith('session-') && name.endsWith(`-${session.slice(0, 8)}.jsonl`),
  );

function chatsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const realPath = (path: string): string => (existsSync(path) ? realpathSync(path) : path);
