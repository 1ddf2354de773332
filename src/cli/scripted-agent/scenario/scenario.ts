import * as z from 'zod';
import { isAgentId, isTaskId } from '../../../core/ids.ts';
import { stepsSchema } from './steps.ts';

/**
 * What a scripted team does. Nothing here depends on chance or on the clock: a prompt finds its steps
 * by the role, the task and the kind of the message, and the n-th gate failure finds the n-th list.
 */

const work = {
  /** The task's first prompt. */
  task: stepsSchema.optional(),
  /** The task's full prompt again, after somebody gave it to this or another engineer anew. */
  reassigned: stepsSchema.optional(),
  /** One list per gate failure, in order; the last one serves further failures too. */
  failure: z.array(stepsSchema).min(1).optional(),
  conflict: stepsSchema.optional(),
  /** The person's words about what was to land. */
  review: stepsSchema.optional(),
  handoff: stepsSchema.optional(),
  nudge: stepsSchema.optional(),
};
const workSchema = z.strictObject(work);

const agentName = z
  .string()
  .refine((name): boolean => isAgentId(name), 'is no agent: write it like eng-2');
const taskName = z
  .string()
  .refine(
    (name): boolean => name === 'any' || isTaskId(name),
    'is no task: write it like T-4, or “any”',
  );

export const scenarioSchema = z.strictObject({
  /** One sentence for the banner. */
  name: z.string(),
  architect: z
    .strictObject({
      /** Played once, when the architect starts for the first time. */
      start: stepsSchema.optional(),
      /** What the architect answers when it is asked to split this task. */
      splits: z.record(taskName, stepsSchema).default({}),
      goals: z.array(z.strictObject({ match: z.string().min(1), steps: stepsSchema })).default([]),
    })
    .prefault({}),
  /** What the manager answers when this task is escalated to it. */
  manager: z.record(taskName, stepsSchema).default({}),
  engineer: z
    .record(
      taskName,
      z.strictObject({ ...work, 'by-agent': z.record(agentName, workSchema).default({}) }),
    )
    .default({}),
});

export type Scenario = z.output<typeof scenarioSchema>;
export type Work = z.output<typeof workSchema>;
