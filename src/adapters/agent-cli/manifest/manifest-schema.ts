import * as z from 'zod';
import type { AgentStatus } from '../../../core/agent.ts';
import { asking, busy, over } from '../signs.ts';
import { channelNames } from './channels.ts';
import type { Manifest, ManifestRule } from './manifest.ts';

const statuses = [
  ...(['starting', 'idle', 'working', 'retrying', 'permission', 'question'] as const),
  ...(['exhausted', 'limited', 'failed', 'exited'] as const),
] satisfies readonly AgentStatus[];
/** Words for several statuses at once. */
const groups = { busy, asking, over } as const satisfies Record<string, readonly AgentStatus[]>;

/** Keys by name; everything else is typed as it is written. */
const keyBytes: Readonly<Record<string, string>> = {
  ...{ enter: '\r', escape: '\x1b', tab: '\t', space: ' ', backspace: '\x7f' },
  ...{ up: '\x1b[A', down: '\x1b[B', right: '\x1b[C', left: '\x1b[D' },
  ...{ 'ctrl-c': '\x03', 'ctrl-d': '\x04', 'ctrl-q': '\x11' },
};

const text = z.string('write text').min(1, 'must not be empty').max(1_000, 'is too long');
const texts = z.array(text, 'write a list: [one, two]').max(50);
const keys = z
  .array(text, 'write a list of keys: [escape], or [ctrl-c, ctrl-c]')
  .max(20)
  .transform(names => names.map(name => keyBytes[name] ?? name).join(''));
const pattern = text.transform((source, context) => {
  try {
    return new RegExp(source, 'u');
  } catch (error) {
    context.addIssue(`is no regular expression: ${error instanceof Error ? error.message : ''}`);
    return z.NEVER;
  }
});
const statusWord = z.enum(statuses, `must be one of: ${statuses.join(', ')}`);
const allowed = z
  .array(z.enum([...statuses, 'busy', 'asking', 'over'], 'must be statuses, busy, asking or over'))
  .min(1, 'must not be empty')
  .transform(words =>
    words.flatMap((word): readonly AgentStatus[] =>
      Object.hasOwn(groups, word) ? groups[word as keyof typeof groups] : [word as AgentStatus],
    ),
  );

const rule = z
  .strictObject({
    in: z.enum(['title', 'screen', 'notification'], 'must be title, screen or notification'),
    rows: z.int('write a whole number').min(1).max(200).optional(),
    newest: pattern.optional(),
    match: pattern,
    joins: pattern.optional(),
    under: pattern.optional(),
    status: statusWord.optional(),
    allows: allowed.optional(),
    says: text.optional(),
    asks: pattern.optional(),
    mendedBy: z.literal('person', 'must be person').optional(),
  })
  .refine(given => given.status !== undefined || given.allows !== undefined, {
    message: 'needs a status, or what it allows',
  })
  .transform(
    ({ status = null, rows = 200, ...given }): ManifestRule => ({
      ...{ in: given.in, rows, match: given.match, status, newest: given.newest ?? null },
      ...{ joins: given.joins ?? null, under: given.under ?? null },
      allows: [...new Set([...(status === null ? [] : [status]), ...(given.allows ?? [])])],
      ...{ says: given.says ?? null, asks: given.asks ?? null, mendedBy: given.mendedBy ?? null },
    }),
  );

const usage = z.strictObject({
  file: text,
  counts: z.enum(['sum', 'latest'], 'must be sum or latest').default('latest'),
  input: text.nullable().default(null),
  cached: text.nullable().default(null),
  output: text.nullable().default(null),
  costUsd: text.nullable().default(null),
  window: z.union([z.int(), text]).nullable().default(null),
});

const permissions = z.strictObject({ ask: texts, 'auto-edit': texts, full: texts });
const none = { ask: [], 'auto-edit': [], full: [] };

export const manifestSchema = z
  .strictObject({
    name: z
      .string('is missing: the name that team.yaml uses')
      .regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be small letters, digits and dashes'),
    program: text,
    versions: text.default('not told'),
    notes: texts.default([]),
    login: z.strictObject({ files: texts.default([]), variables: texts.default([]) }).prefault({}),
    launch: z
      .strictObject({
        args: texts.default([]),
        session: texts.default([]),
        resume: texts.default([]),
        model: texts.default([]),
        instructions: texts.default([]),
        permissions: permissions.default(none),
        env: z.record(z.string(), text).default({}),
        environment: texts.default([]),
      })
      .prefault({}),
    keys: z
      .strictObject({
        submitDelayMs: z.int().min(0).max(10_000).default(400),
        interrupt: keys.prefault(['escape']),
        exit: keys.prefault(['ctrl-c', 'ctrl-c']),
        yes: keys.nullable().default(null),
        no: keys.nullable().default(null),
      })
      .prefault({}),
    rules: z.array(rule, 'write a list of rules').min(1, 'needs at least one rule').max(100),
    usage: usage.nullable().default(null),
    channel: z
      .enum(channelNames, `must be one of: ${channelNames.join(', ')}`)
      .nullable()
      .default(null),
  })
  .transform((given): Manifest => given);

/** The keys that may stand at a place, to suggest one of them instead of an unknown one. */
export function manifestKeysAt(path: readonly PropertyKey[]): readonly string[] {
  const places: Readonly<Record<string, readonly string[]>> = {
    '': [
      ...['name', 'program', 'versions', 'notes', 'login', 'launch', 'keys', 'rules', 'usage'],
      'channel',
    ],
    launch: [
      ...['args', 'session', 'resume', 'model', 'instructions', 'permissions', 'env'],
      'environment',
    ],
    keys: ['submitDelayMs', 'interrupt', 'exit', 'yes', 'no'],
    rules: [
      'in',
      'rows',
      'newest',
      'match',
      'joins',
      'under',
      'status',
      'allows',
      'says',
      'asks',
      'mendedBy',
    ],
    login: ['files', 'variables'],
    usage: ['file', 'counts', 'input', 'cached', 'output', 'costUsd', 'window'],
  };
  if (path[0] === 'launch' && path[1] === 'permissions') return ['ask', 'auto-edit', 'full'];
  return places[String(path[0] ?? '')] ?? [];
}
