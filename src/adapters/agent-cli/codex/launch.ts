import { rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import type { LaunchPlan, LaunchRequest, SignalSource } from '../../../ports/agent-cli.ts';
import type { Permissions } from '../../../ports/team-config.ts';
import { readSmallFile } from '../../following/read-small-file.ts';
import { holdsRecord } from '../holds-record.ts';
import { type JsonObject, objectOf, parseObject, textOf } from '../json-object.ts';
import type { Prices } from '../prices.ts';
import { createHookParser } from './hook-signs.ts';
import { hasForeignHooks, hookSettings } from './own-hooks.ts';
import { createRolloutParser } from './rollout.ts';

const modes: Readonly<Record<Permissions, readonly string[]>> = {
  ask: ['--sandbox', 'read-only', '--ask-for-approval', 'on-request'],
  'auto-edit': ['--sandbox', 'workspace-write', '--ask-for-approval', 'on-request'],
  full: ['--dangerously-bypass-approvals-and-sandbox'],
};

export function launchCodex(program: string, prices: Prices, request: LaunchRequest): LaunchPlan {
  const { home, session, worktree, model, permissions, env } = request;
  const codexHome = codexHomeOf(env);
  const hookFile = join(home, `hooks-${session}.jsonl`);
  const thread = threadOf(home, session);
  // What an earlier run of the session said is over; read again it would pass for the state of this one.
  rmSync(hookFile, { force: true });
  const isOurs = !hasForeignHooks(codexHome, worktree);
  const settings: Readonly<Record<string, unknown>> = {
    'tui.terminal_title': ['run-state', 'project-name', 'context-used', 'thread-id'],
    'tui.notifications': true,
    'tui.notification_method': 'osc9',
    'tui.notification_condition': 'always',
    check_for_update_on_startup: false,
    // A login shell would put its own PATH before the one that holds Belfry's commands.
    allow_login_shell: false,
    developer_instructions: request.systemPrompt,
    'sandbox_workspace_write.writable_roots': gitFolders(worktree),
  };
  const args = [
    ...(thread === null ? [] : ['resume', thread]),
    // A shared daemon would go on with the turn when this program is gone.
    '--no-daemon',
    ...modes[permissions],
    ...(model === null ? [] : ['--model', model]),
    // JSON strings and lists are TOML, too.
    ...Object.entries(settings).flatMap(([key, value]) => [
      '-c',
      `${key}=${JSON.stringify(value)}`,
    ]),
    ...(isOurs ? ['--dangerously-bypass-hook-trust', ...hookSettings(hookFile)] : []),
    ...request.args,
  ];
  const known = thread === null ? null : rolloutOf(home, session);
  const sources: readonly SignalSource[] = [
    {
      ...{ name: 'its hook', path: hookFile, reading: 'lines' },
      parse: createHookParser(path => {
        if (!isRollout(codexHome, path)) return null;
        rememberThread(home, session, path);
        return rolloutSource(path, prices);
      }),
    },
    // What stands in it is over, and may end in the middle of a turn.
    ...(known !== null && isRollout(codexHome, known)
      ? [{ ...rolloutSource(known, prices), reading: 'newLines' as const }]
      : []),
  ];
  return { file: program, args, env, continues: thread !== null, sources: () => sources };
}

export const codexHomeOf = (env: Readonly<Record<string, string | undefined>>): string =>
  env['CODEX_HOME'] ?? join(env['HOME'] ?? '/', '.codex');

const rolloutSource = (path: string, prices: Prices): SignalSource => ({
  ...{ name: 'its rollout file', path, reading: 'lines', parse: createRolloutParser(prices) },
});

const isRollout = (codexHome: string, path: string): boolean =>
  path.startsWith(join(codexHome, 'sessions') + sep) && !path.includes(`${sep}..${sep}`);

/**
 * Codex chooses the id of a session itself and tells it, with the file it writes, when the first prompt comes.
 * It is kept beside the settings, so that the session can be resumed after any end.
 */
const threadFile = (home: string, session: string) => join(home, `thread-${session}.json`);

function rememberThread(home: string, session: string, rollout: string): void {
  try {
    writeFileSync(threadFile(home, session), JSON.stringify({ rollout }), { mode: 0o600 });
  } catch {
    // On a full disk the session goes on; only its resumption is lost.
  }
}

function rolloutOf(home: string, session: string): string | null {
  const kept = readSmallFile(threadFile(home, session));
  return kept === null ? null : textOf(parseObject(kept)?.['rollout']);
}

/** What a turn leaves behind, its prompt first. */
const turnRecords = ['item_completed', 'user_message', 'agent_message', 'task_complete'];

/**
 * Codex resumes no rollout whose first line, about the session, is missing or torn, and one without a turn
 * as an empty session.
 */
function holdsTurn(rollout: string): boolean {
  let isBegun = false;
  return holdsRecord(rollout, ({ type, payload }: JsonObject) => {
    isBegun ||= type === 'session_meta';
    return isBegun && turnRecords.includes(textOf(objectOf(payload)?.['type']) ?? '');
  });
}

/** The id of the session to resume, when Codex still has it. */
function threadOf(home: string, session: string): string | null {
  const rollout = rolloutOf(home, session);
  if (rollout === null || !holdsTurn(rollout)) return null;
  return (
    /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.jsonl$/.exec(rollout)?.[1] ??
    null
  );
}

/**
 * What git writes when it commits in a linked worktree: the worktree's own folder and the shared one. Codex's
 * sandbox needs both by name.
 */
function gitFolders(worktree: string): readonly string[] {
  const own = linkedFolder(join(worktree, '.git'), worktree, /^gitdir: (.+)$/m);
  if (own === null) return [join(worktree, '.git')];
  const shared = linkedFolder(join(own, 'commondir'), own, /^(.+)$/m) ?? dirname(dirname(own));
  return [shared, own];
}

function linkedFolder(file: string, base: string, pattern: RegExp): string | null {
  const [, path] = pattern.exec(readSmallFile(file) ?? '') ?? [];
  if (path === undefined) return null;
  return isAbsolute(path) ? path : resolve(base, path);
}
