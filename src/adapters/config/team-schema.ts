import * as z from 'zod';
import { engineersMax, engineerWindowMin } from '../../core/limits.ts';
import { defaultPolicy, type Policy } from '../../core/policy.ts';
import { didYouMean } from '../../lib/nearest-word.ts';
import type { GateCommand } from '../../ports/gate.ts';
import type { RoleConfig, TeamConfig } from '../../ports/team-config.ts';
import { budgetsSchema } from './budget-schema.ts';
import { durationMs } from './duration.ts';

/** What the person writes. The checked form with its defaults is `TeamConfig`. */

const defaultEngineers = 3;
const defaultGateTimeout = '15m';
const defaultSetupTimeout = '10m';
const defaultGateSilence = '5m';

const duration = z.string('write a duration like 30s, 10m or 1h').transform((text, context) => {
  const ms = durationMs(text);
  if (ms !== null) return ms;
  context.addIssue(`“${text}” is no duration up to a day: write one like 30s, 10m or 1h`);
  return z.NEVER;
});
const text = z
  .string({
    error: ({ input }) =>
      input == null ? 'is missing' : 'write text; put it into quotes if it looks like a number',
  })
  .trim()
  .min(1, 'must not be empty')
  .max(10_000);
const texts = z.array(text, 'write a list: [one, two], or a line “- one” for each').max(200);
const insidePath = text.refine(
  path => !path.startsWith('/') && !path.split(/[/\\]/).includes('..'),
  'must be a path inside the repository, relative to its root',
);
const environmentName = z.string('write the name of a variable').superRefine((name, context) => {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return;
  const meant = /^\s*\$?\{?([A-Za-z_][A-Za-z0-9_]*)/.exec(name)?.[1];
  const instead = meant === undefined ? '' : `: write ${meant}`;
  context.addIssue(`must be the name of an environment variable, without a value${instead}`);
});
const environmentNames = z.array(environmentName, 'write a list of names').max(100);
const part = z
  .number('write a part of 1, like 0.85')
  .min(0.05, 'must be at least 0.05')
  .max(1, 'must be at most 1');

const gateCommand = z
  .union([
    text.transform(command => ({ name: command, command })),
    z.strictObject({
      name: text.optional(),
      command: text,
      timeout: duration.optional(),
      silence: duration.optional(),
    }),
  ])
  .transform((given): GateCommand => {
    const { timeout, silence } = given as { timeout?: number; silence?: number };
    return {
      name: given.name ?? given.command,
      command: given.command,
      timeoutMs: timeout ?? (durationMs(defaultGateTimeout) as number),
      silenceMs: silence ?? (durationMs(defaultGateSilence) as number),
    };
  });

/** A shorthand for a list of one: problems are looked for only where the person wrote something. */
const oneOrMore = (given: unknown) => (Array.isArray(given) || given == null ? given : [given]);

const gate = z.preprocess(
  oneOrMore,
  z
    .array(
      gateCommand,
      'is missing: name the command that must pass before work lands, like “npm test”',
    )
    .min(1, 'needs at least one command')
    .max(20),
);

function roleSchema(clis: readonly string[], countMax: number, countDefault: number) {
  const known = clis.length === 0 ? '' : `. Known agent CLIs: ${clis.join(', ')}`;
  return z
    .strictObject(
      {
        cli: z
          .string(`is missing: name the agent CLI that fills this role${known}`)
          .superRefine((name, context) => {
            if (clis.includes(name)) return;
            context.addIssue(
              `there is no agent CLI “${name}”.${didYouMean(name, clis)}${known.slice(1)}`,
            );
          }),
        model: text.nullish(),
        args: texts.nullish(),
        count: z
          .int('write a whole number')
          .min(1, 'must be at least 1')
          .max(countMax, countMax === 1 ? 'a team has exactly one' : `must be at most ${countMax}`)
          .nullish(),
        prompt: insidePath.nullish(),
        env: environmentNames.nullish(),
        permissions: z
          .enum(['ask', 'auto-edit', 'full'], 'must be ask, auto-edit or full')
          .nullish(),
      },
      `is missing: write its agent CLI below it, like “cli: ${clis[0] ?? 'NAME'}”`,
    )
    .transform(
      (role): RoleConfig => ({
        cli: role.cli,
        model: role.model ?? null,
        args: role.args ?? [],
        count: role.count ?? countDefault,
        prompt: role.prompt ?? null,
        env: role.env ?? [],
        permissions: role.permissions ?? 'ask',
      }),
    );
}

const routes = z.array(
  z.enum(['architect', 'manager', 'engineer'], 'must be architect, manager or engineer'),
  'write a list of roles: [manager, engineer], or [] for nobody',
);

const policy = z
  .strictObject({
    retriesMax: z.int('write a whole number').min(0).max(2, 'must be at most 2').nullish(),
    land: z.enum(['auto', 'review', 'risky'], 'must be auto, review or risky').nullish(),
    plan: z.enum(['auto', 'review'], 'must be auto or review').nullish(),
    messages: z
      .strictObject({
        architect: routes.nullish(),
        manager: routes.nullish(),
        engineer: routes.nullish(),
      })
      .nullish(),
    startTimeout: duration.nullish(),
    deliveryTimeout: duration.nullish(),
    stallTimeout: duration.nullish(),
    nudgeAfter: duration.nullish(),
    managerTimeout: duration.nullish(),
    architectTimeout: duration.nullish(),
    answerPermissionsAfter: duration.nullish(),
    contextNoNewTask: part.nullish(),
    contextHandoff: part.nullish(),
    engineerWindow: z
      .int('write a whole number of tokens')
      .min(engineerWindowMin, `must be at least ${engineerWindowMin}`)
      .nullish(),
    spendWithoutOutcome: z
      .number('write dollars, like 10')
      .positive('must be more than nothing')
      .nullish(),
    tokensWithoutOutcome: z.int('write a whole number').positive('must be more than 0').nullish(),
    bytesWithoutOutcome: z.int('write a whole number').positive('must be more than 0').nullish(),
    budget: budgetsSchema,
  })
  .refine(
    ({ contextHandoff, contextNoNewTask }) =>
      (contextHandoff ?? defaultPolicy.contextHandoff) >=
      (contextNoNewTask ?? defaultPolicy.contextNoNewTask),
    { path: ['contextHandoff'], message: 'must not be below contextNoNewTask' },
  )
  .transform(
    (given): Policy => ({
      retriesMax: given.retriesMax ?? defaultPolicy.retriesMax,
      land: given.land ?? defaultPolicy.land,
      plan: given.plan ?? defaultPolicy.plan,
      messages: {
        architect: given.messages?.architect ?? defaultPolicy.messages.architect,
        manager: given.messages?.manager ?? defaultPolicy.messages.manager,
        engineer: given.messages?.engineer ?? defaultPolicy.messages.engineer,
      },
      startTimeoutMs: given.startTimeout ?? defaultPolicy.startTimeoutMs,
      deliveryTimeoutMs: given.deliveryTimeout ?? defaultPolicy.deliveryTimeoutMs,
      stallTimeoutMs: given.stallTimeout ?? defaultPolicy.stallTimeoutMs,
      nudgeAfterMs: given.nudgeAfter ?? defaultPolicy.nudgeAfterMs,
      managerTimeoutMs: given.managerTimeout ?? defaultPolicy.managerTimeoutMs,
      architectTimeoutMs: given.architectTimeout ?? defaultPolicy.architectTimeoutMs,
      answerPermissionsAfterMs:
        given.answerPermissionsAfter ?? defaultPolicy.answerPermissionsAfterMs,
      contextNoNewTask: given.contextNoNewTask ?? defaultPolicy.contextNoNewTask,
      contextHandoff: given.contextHandoff ?? defaultPolicy.contextHandoff,
      engineerWindow: given.engineerWindow ?? defaultPolicy.engineerWindow,
      spendWithoutOutcomeUsd: given.spendWithoutOutcome ?? defaultPolicy.spendWithoutOutcomeUsd,
      tokensWithoutOutcome: given.tokensWithoutOutcome ?? defaultPolicy.tokensWithoutOutcome,
      bytesWithoutOutcome: given.bytesWithoutOutcome ?? defaultPolicy.bytesWithoutOutcome,
      budgets: given.budget,
    }),
  );

/** The form of the whole file, for a Belfry that knows these agent CLIs. */
export function teamSchema(clis: readonly string[]) {
  return z
    .strictObject(
      {
        trunk: text.nullish(),
        gate,
        acceptance: z
          .strictObject({ timeout: duration.nullish(), silence: duration.nullish() })
          .nullish(),
        env: environmentNames.nullish(),
        setup: z
          .strictObject({
            command: text.nullish(),
            copy: z.array(insidePath).nullish(),
            timeout: duration.nullish(),
          })
          .nullish(),
        roles: z.strictObject(
          {
            architect: roleSchema(clis, 1, 1),
            manager: roleSchema(clis, 1, 1),
            engineer: roleSchema(clis, engineersMax, defaultEngineers),
          },
          'is missing: name architect, manager and engineer below it',
        ),
        policy: policy.nullish(),
        scenario: insidePath.nullish(),
      },
      'the file must be lines of the form “key: value”; “belfry init” writes one to begin with',
    )
    .transform(
      (team): TeamConfig => ({
        trunk: team.trunk ?? null,
        gate: team.gate,
        acceptance: {
          timeoutMs: team.acceptance?.timeout ?? (durationMs(defaultGateTimeout) as number),
          silenceMs: team.acceptance?.silence ?? (durationMs(defaultGateSilence) as number),
        },
        env: team.env ?? [],
        setup: {
          command: team.setup?.command ?? null,
          copy: team.setup?.copy ?? [],
          timeoutMs: team.setup?.timeout ?? (durationMs(defaultSetupTimeout) as number),
        },
        roles: team.roles,
        policy: team.policy ?? defaultPolicy,
        scenario: team.scenario ?? null,
      }),
    );
}

const roleKeys = ['cli', 'model', 'args', 'count', 'prompt', 'env', 'permissions'];

/** The keys that may stand at a place, to suggest one of them instead of an unknown one. */
export function knownKeysAt(path: readonly PropertyKey[]): readonly string[] {
  const [first] = path;
  if (first === undefined)
    return ['trunk', 'gate', 'acceptance', 'env', 'setup', 'roles', 'policy', 'scenario'];
  if (first === 'roles') return path.length === 1 ? ['architect', 'manager', 'engineer'] : roleKeys;
  if (first === 'gate') return ['name', 'command', 'timeout', 'silence'];
  if (first === 'acceptance') return ['timeout', 'silence'];
  if (first === 'setup') return ['command', 'copy', 'timeout'];
  if (first === 'policy' && path[1] === 'budget') return ['task', 'run'];
  return first === 'policy' ? Object.keys(policy.def.in.shape) : [];
}
