import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Abilities,
  AgentCli,
  LaunchPlan,
  LaunchRequest,
  SignalSource,
} from '../../../ports/agent-cli.ts';
import { readSigns } from '../read-signs.ts';
import type { Manifest } from './manifest.ts';
import {
  manifestNotificationSign,
  manifestScreenSign,
  manifestTitleSign,
} from './manifest-signs.ts';
import { createUsageParser } from './manifest-usage.ts';

/** Of Gemini CLI and opencode 8 seconds were seen to do no harm; of the others nothing is known. */
const manifestHoldMs = 8_000;

/** An agent CLI that a manifest describes. */
export function createManifestCli(manifest: Manifest): AgentCli {
  const { keys, launch } = manifest;
  const reader = {
    titleSign: (title: string) => manifestTitleSign(manifest, title),
    notificationSign: (text: string) => manifestNotificationSign(manifest, text),
    screenSign: (lines: readonly string[]) => manifestScreenSign(manifest, lines),
  };
  return {
    name: manifest.name,
    isScripted: false,
    abilities: abilitiesOf(manifest),
    environment: launch.environment,
    takesInstructions: launch.instructions.length > 0,
    launch: request => launchManifest(manifest, request),
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

function abilitiesOf(manifest: Manifest): Abilities {
  const { program, versions, launch, rules, usage, login, keys, notes } = manifest;
  const questions = rules.filter(rule => rule.status === 'permission' && rule.in === 'screen');
  const isQuoted = questions.some(rule => rule.asks !== null);
  const isNamed = launch.resume.some(arg => arg.includes('{session}'));
  return {
    ...{ program, versions, loginFiles: login.files, loginVariables: login.variables },
    signals: [
      ...(rules.some(rule => rule.in === 'title') ? ['its title'] : []),
      ...(rules.some(rule => rule.in === 'screen') ? ['its screen'] : []),
      ...(rules.some(rule => rule.in === 'notification') ? ['its notification'] : []),
    ],
    holdsForMs: manifestHoldMs,
    asks: isQuoted ? 'command' : questions.length > 0 ? 'that it asks' : 'not told apart',
    ...{ isAnswered: questions.length > 0 && keys.yes !== null, notes },
    resumes: launch.resume.length === 0 ? 'no' : isNamed ? 'session' : 'newest',
    usage: [
      ...(usage?.window == null ? [] : (['context'] as const)),
      ...(usage === null ? [] : (['tokens'] as const)),
      ...(usage?.costUsd == null ? [] : (['cost'] as const)),
    ],
  };
}

function launchManifest({ program, launch, usage }: Manifest, request: LaunchRequest): LaunchPlan {
  const { session, worktree, home, model, permissions } = request;
  const filled = (args: readonly string[], values: Readonly<Record<string, string>>) =>
    args.map(arg => fill(arg, values));
  // A session that never began cannot be resumed: its first launch leaves a note.
  const note = join(home, `began-${session}`);
  const isKnown = request.resume && existsSync(note) && launch.resume.length > 0;
  writeFileSync(note, '', { mode: 0o600 });
  const args = [
    ...launch.args,
    ...filled(isKnown ? launch.resume : launch.session, { session }),
    ...(model === null ? [] : filled(launch.model, { model })),
    ...launch.permissions[permissions],
    ...filled(launch.instructions, { instructions: request.systemPrompt }),
    ...request.args,
  ];
  const env = { ...request.env, ...launch.env };
  const values = { session, worktree, userHome: request.env['HOME'] ?? '/' };
  const sources: readonly SignalSource[] =
    usage === null
      ? []
      : [
          {
            ...{ name: 'its usage file', path: fill(usage.file, values), reading: 'lines' },
            parse: createUsageParser(usage),
          },
        ];
  return { file: program, args, env, continues: isKnown, sources: () => sources };
}

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
