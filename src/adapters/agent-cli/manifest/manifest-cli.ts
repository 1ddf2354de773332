import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Abilities,
  AgentCli,
  LaunchPlan,
  LaunchRequest,
  SignalSource,
} from '../../../ports/agent-cli.ts';
import { noPrices, type Prices } from '../prices.ts';
import { readSigns } from '../read-signs.ts';
import type { Channel } from './channel.ts';
import { createChannel } from './channels.ts';
import type { Manifest } from './manifest.ts';
import {
  manifestNotificationSign,
  manifestScreenSign,
  manifestTitleSign,
} from './manifest-signs.ts';
import { createUsageParser } from './manifest-usage.ts';

/** Of Gemini CLI and opencode 8 seconds were seen to do no harm; of the others nothing is known. */
const manifestHoldMs = 8_000;

/** An agent CLI that a manifest describes. `prices`: for a channel that tells tokens and no cost. */
export function createManifestCli(manifest: Manifest, prices: Prices = noPrices): AgentCli {
  const { keys, launch } = manifest;
  const channel = manifest.channel === null ? null : createChannel(manifest.channel, prices);
  const reader = {
    titleSign: (title: string) => manifestTitleSign(manifest, title),
    notificationSign: (text: string) => manifestNotificationSign(manifest, text),
    screenSign: (lines: readonly string[]) => manifestScreenSign(manifest, lines),
  };
  return {
    name: manifest.name,
    isScripted: false,
    abilities: abilitiesOf(manifest, channel),
    environment: launch.environment,
    // A manifest does not say where: somewhere in the person's home.
    sessionsFolder: env => env['HOME'] ?? null,
    takesInstructions: launch.instructions.length > 0 || channel?.takesInstructions === true,
    launch: request => launchManifest(manifest, channel, request),
    readStatus: signs => readSigns(signs, reader),
    submitDelayMs: keys.submitDelayMs,
    interruptKeys: keys.interrupt,
    exitKeys: keys.exit,
    answerKeys: (answer, lines) => {
      const asks = manifestScreenSign(manifest, lines)?.question ?? null;
      const typed = keys[answer];
      return asks === null || typed === null ? null : { keys: typed, isLast: true };
    },
  };
}

function abilitiesOf(manifest: Manifest, channel: Channel | null): Abilities {
  const { program, versions, launch, rules, usage, login, keys, notes } = manifest;
  const questions = rules.filter(rule => rule.status === 'permission' && rule.in === 'screen');
  const isQuoted = questions.some(rule => rule.asks !== null);
  const isNamed = launch.resume.some(arg => arg.includes('{session}'));
  return {
    ...{ program, versions, loginFiles: login.files, loginVariables: login.variables },
    signals: [
      ...(channel?.signals ?? []),
      ...(rules.some(rule => rule.in === 'title') ? ['its title'] : []),
      ...(rules.some(rule => rule.in === 'screen') ? ['its screen'] : []),
      ...(rules.some(rule => rule.in === 'notification') ? ['its notification'] : []),
    ],
    holdsForMs: manifestHoldMs,
    forgetsCutTurn: channel?.forgetsCutTurn === true,
    asks: isQuoted ? 'command' : questions.length > 0 ? 'that it asks' : 'not told apart',
    ...{ isAnswered: questions.length > 0 && keys.yes !== null, notes },
    resumes: launch.resume.length === 0 ? 'no' : isNamed ? 'session' : 'newest',
    usage: channel?.usage ?? [
      ...(usage?.window == null ? [] : (['context'] as const)),
      ...(usage === null ? [] : (['tokens'] as const)),
      ...(usage?.costUsd == null ? [] : (['cost'] as const)),
    ],
  };
}

function launchManifest(
  { program, launch, usage }: Manifest,
  channel: Channel | null,
  request: LaunchRequest,
): LaunchPlan {
  const { session, worktree, model, permissions } = request;
  const filled = (args: readonly string[], values: Readonly<Record<string, string>>) =>
    args.map(arg => fill(arg, values));
  const opened = channel?.open(request) ?? null;
  const begun = opened === null ? begunSession(request) : opened.ownSession;
  const resumed = request.resume && launch.resume.length > 0 ? begun : null;
  const args = [
    ...launch.args,
    ...(resumed === null
      ? filled(launch.session, { session })
      : filled(launch.resume, { session: resumed })),
    ...(model === null ? [] : filled(launch.model, { model })),
    ...launch.permissions[permissions],
    ...(opened?.args ?? []),
    ...filled(launch.instructions, { instructions: request.systemPrompt }),
    ...request.args,
  ];
  const env = { ...request.env, ...launch.env, ...opened?.env };
  const values = { session, worktree, userHome: request.env['HOME'] ?? '/' };
  const sources: readonly SignalSource[] = [
    ...(opened?.sources ?? []),
    ...(usage === null
      ? []
      : [
          {
            ...{
              name: 'its usage file',
              path: fill(usage.file, values),
              reading: 'lines' as const,
            },
            parse: createUsageParser(usage),
          },
        ]),
  ];
  return { file: program, args, env, continues: resumed !== null, sources: () => sources };
}

/** A session that never began cannot be resumed: its first launch leaves a note. */
function begunSession({ home, session }: LaunchRequest): string | null {
  const note = join(home, `began-${session}`);
  const isKnown = existsSync(note);
  writeFileSync(note, '', { mode: 0o600 });
  return isKnown ? session : null;
}

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
