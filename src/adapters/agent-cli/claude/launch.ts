import { rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { LaunchPlan, LaunchRequest, SignalSource } from '../../../ports/agent-cli.ts';
import { createHookParser } from './hook-signs.ts';
import { ownSession } from './own-session.ts';
import { parseSessionFile } from './session-sign.ts';
import { claudeSettings } from './settings.ts';
import { parseStatusLine } from './status-line.ts';
import { createTranscriptParser } from './transcript.ts';

const modes = { ask: 'default', 'auto-edit': 'acceptEdits', full: 'bypassPermissions' } as const;

export function launchClaude(program: string, request: LaunchRequest): LaunchPlan {
  const { home, session, worktree, model } = request;
  const configuration = configurationFolder(request.env);
  const hookFile = join(home, `hooks-${session}.jsonl`);
  const statusFile = join(home, `status-${session}.jsonl`);
  const settingsFile = join(home, 'claude-settings.json');
  // What an earlier run of the session said is over; read again it would pass for the state of this one.
  for (const file of [hookFile, statusFile]) rmSync(file, { force: true });
  writeFileSync(settingsFile, JSON.stringify(claudeSettings(hookFile, statusFile)), {
    mode: 0o600,
  });
  const { id, isKnown } = ownSession(configuration, worktree, session);
  const args = [
    ...['--settings', settingsFile, isKnown ? '--resume' : '--session-id', id],
    // Never left out: the default of 2.1.330 is a mode in which a server decides.
    ...['--permission-mode', modes[request.permissions]],
    ...(model === null ? [] : ['--model', model]),
    ...['--append-system-prompt', request.systemPrompt],
    ...request.args,
  ];
  const env = { ...request.env, DISABLE_AUTOUPDATER: '1' };
  return { file: program, args, env, continues: isKnown, sources: pid => sources(pid) };

  function sources(pid: number): readonly SignalSource[] {
    return [
      {
        ...{ name: 'its session file', path: join(configuration, 'sessions', `${pid}.json`) },
        ...{ reading: 'whole', parse: text => parseSessionFile(text, pid) },
      },
      {
        ...{ name: 'its hook', path: hookFile, reading: 'lines' },
        parse: createHookParser(path => transcriptAt(configuration, path)),
      },
      { name: 'its status line', path: statusFile, reading: 'lines', parse: parseStatusLine },
    ];
  }
}

/** Where Claude Code keeps its sessions. */
export const configurationFolder = (env: Readonly<Record<string, string | undefined>>): string =>
  env['CLAUDE_CONFIG_DIR'] ?? join(env['HOME'] ?? '/', '.claude');

/** Only what lies with the other transcripts is followed, whatever path is told. */
function transcriptAt(configuration: string, path: string): SignalSource | null {
  if (!path.startsWith(join(configuration, 'projects') + sep) || path.includes(`${sep}..${sep}`))
    return null;
  return { name: 'its transcript', path, reading: 'lines', parse: createTranscriptParser() };
}
