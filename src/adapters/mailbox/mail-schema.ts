import * as z from 'zod';
import { type AgentId, isAgentId, isTaskId, type Oid, type TaskId } from '../../core/ids.ts';
import { saidCharsMax, taskTitleCharsMax } from '../../core/limits.ts';
import { priorities } from '../../core/task.ts';
import type { Mail } from '../../ports/mailbox.ts';

const listMax = 200;

const task = z.custom<TaskId>(
  value => typeof value === 'string' && isTaskId(value),
  'must be a task like T-12',
);
const agent = z.custom<AgentId>(
  value => typeof value === 'string' && isAgentId(value),
  'must be a member like eng-1, manager or architect',
);
const oid = z.custom<Oid>(
  value => typeof value === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value),
  'must be a full commit id',
);
const text = z.string().trim().min(1, 'must not be empty').max(saidCharsMax);
const line = z.string().trim().min(1, 'must not be empty').max(1_000);
const attempt = z.int().min(1).max(10_000);

const content = z.strictObject({
  title: z.string().trim().min(1, 'must not be empty').max(taskTitleCharsMax),
  priority: z.enum(priorities),
  tags: z.array(line).max(listMax),
  dependsOn: z.array(task).max(listMax),
  files: z.array(line).max(listMax),
  accept: z.array(text).max(listMax),
  estimateMinutes: z.number().positive().max(100_000).nullable(),
  body: z.string().max(saidCharsMax),
  splits: task.exactOptional(),
});

const schema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('done'), task, attempt, head: oid, summary: text }),
  z.strictObject({ kind: z.literal('blocked'), task, attempt, why: text }),
  z.strictObject({
    kind: z.literal('note'),
    to: z.union([z.literal('person'), agent]),
    text,
    isUrgent: z.boolean().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('addTask'), content }),
  z.strictObject({ kind: z.literal('guide'), task, text }),
  z.strictObject({
    kind: z.literal('reassign'),
    task,
    to: agent.nullable(),
    text: text.nullable(),
  }),
  z.strictObject({ kind: z.literal('drop'), task, why: text }),
  z.strictObject({ kind: z.literal('split'), task, text }),
  z.strictObject({ kind: z.literal('endSplit'), task }),
  z.strictObject({ kind: z.literal('ask'), task, text }),
]);

/** Checks shape and size; who may say it, and whether it is true, is not for the mailbox to know. */
export function parseMail(
  json: string,
): { readonly ok: true; readonly mail: Mail } | { readonly ok: false; readonly reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { ok: false, reason: 'this is not JSON' };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, mail: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  const why = issue?.message ?? 'it does not have the form of mail';
  return { ok: false, reason: place === '' ? why : `${place}: ${why}` };
}
