import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LaunchRequest } from '../../../ports/agent-cli.ts';
import type { Permissions } from '../../../ports/team-config.ts';
import { type JsonObject, parseObject } from '../json-object.ts';
import { keepSession, keptSession } from '../kept-session.ts';
import type { Channel, OpenedChannel } from '../manifest/channel.ts';
import { createEventParser } from './event-signs.ts';
import { pluginText } from './plugin-text.ts';

const sourceName = 'its plugin';

/** With `full` it is told on the command line to ask nothing that the person's own settings do not deny. */
const asked: Readonly<Record<Permissions, Readonly<Record<string, 'ask' | 'allow'>> | null>> = {
  ask: { edit: 'ask', bash: 'ask', webfetch: 'ask' },
  'auto-edit': { edit: 'allow', bash: 'ask', webfetch: 'ask' },
  full: null,
};

/**
 * opencode takes further settings from a variable and adds them to the person's files: a plugin that tells
 * Belfry what happens, and the role's instructions.
 */
export const createPluginChannel = (): Channel => ({
  signals: [sourceName],
  usage: ['context', 'tokens', 'cost'],
  takesInstructions: true,
  open,
});

function open(request: LaunchRequest): OpenedChannel {
  const { home, session, env } = request;
  const files = {
    events: join(home, `events-${session}.jsonl`),
    plugin: join(home, 'belfry-plugin.js'),
    instructions: join(home, 'instructions.md'),
  };
  // What an earlier run of the session said is over; read again it would pass for the state of this one.
  rmSync(files.events, { force: true });
  writeFileSync(files.plugin, pluginText(files.events), { mode: 0o600 });
  writeFileSync(files.instructions, request.systemPrompt, { mode: 0o600 });
  const given = parseObject(env['OPENCODE_CONFIG_CONTENT'] ?? '{}') ?? {};
  const permission = asked[request.permissions];
  const settings = {
    ...given,
    plugin: [...listOf(given, 'plugin'), pathToFileURL(files.plugin).href],
    instructions: [...listOf(given, 'instructions'), files.instructions],
    ...(permission === null ? {} : { permission }),
  };
  return {
    ownSession: keptSession(home, session),
    env: { OPENCODE_CONFIG_CONTENT: JSON.stringify(settings) },
    sources: [
      {
        ...{ name: sourceName, path: files.events, reading: 'lines' },
        parse: createEventParser(own => keepSession(home, session, own)),
      },
    ],
  };
}

function listOf(settings: JsonObject, key: string): readonly unknown[] {
  const list = settings[key];
  return Array.isArray(list) ? list : [];
}
