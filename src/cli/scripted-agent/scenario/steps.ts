import * as z from 'zod';
import { priorities } from '../../../core/task.ts';
import type { Budget } from '../../../core/usage/budget.ts';
import { budgetHint, parseBudget } from '../../../core/usage/parse-budget.ts';

/** The verbs of a scenario. One step is one of these names with its value, for example `say: Hello`. */

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };
const sizes: Readonly<Record<string, number>> = { B: 1, kB: 1_000, MB: 1_000_000 };

const measure = (table: Readonly<Record<string, number>>, example: string) =>
  z.string().transform((text, context) => {
    const match = /^(\d+(?:\.\d+)?)([A-Za-z]+)$/.exec(text.trim());
    const factor = table[match?.[2] ?? ''];
    if (match !== null && factor !== undefined) return Number(match[1]) * factor;
    context.addIssue(`“${text}” is no such measure: write it like ${example}`);
    return z.NEVER;
  });

const text = z.string().min(1, 'is empty');
const path = text.refine(
  value => !value.startsWith('/') && !value.split('/').includes('..'),
  'must be a path inside the repository, without “..”',
);
const taskId = z.templateLiteral(['T-', z.int().positive()]);
const duration = measure(units, '1500ms, 2s or 10m');
const size = measure(sizes, '100kB or 2MB');

/** A bare text, or the same with more to say. */
const orText = <Shape extends z.ZodRawShape>(key: keyof Shape & string, shape: Shape) =>
  z.preprocess(
    value => (typeof value === 'string' ? { [key]: value } : value),
    z.strictObject(shape),
  );

export type Step = {
  readonly [Name in StepName]: { readonly name: Name; readonly value: StepValues[Name] };
}[StepName];
export type StepOf<Name extends StepName> = Extract<Step, { readonly name: Name }>;
export type Steps = readonly Step[];

/** Written out by hand: steps hold steps, and the compiler cannot infer a type from itself. */
export type StepValues = {
  readonly say: string;
  readonly think: number;
  readonly edit: { readonly file: string; readonly find: string; readonly replace: string };
  readonly write: { readonly file: string; readonly text: string };
  readonly append: { readonly file: string; readonly text: string };
  readonly delete: string;
  readonly run: string;
  readonly until: { readonly run: string; readonly 'at-most': number };
  readonly commit: string;
  readonly resolve: { readonly file: string; readonly text?: string | undefined };
  readonly done: {
    readonly summary: string;
    readonly 'scope-reason'?: string | undefined;
    readonly 'on-refused'?: Steps | undefined;
  };
  readonly blocked: string;
  readonly note: { readonly to: string; readonly text: string };
  readonly guide: string;
  readonly reassign: { readonly to?: string | undefined; readonly text?: string | undefined };
  readonly split: string;
  readonly 'end-split': string;
  readonly drop: string;
  readonly ask: string;
  readonly 'add-task': {
    readonly title: string;
    readonly body?: string | undefined;
    readonly priority?: string | undefined;
    readonly files: readonly string[];
    readonly accept: readonly string[];
    readonly depends: readonly string[];
    readonly splits?: string | undefined;
    readonly estimate?: number | undefined;
    readonly tags: readonly string[];
  };
  readonly 'ask-permission': {
    readonly command: string;
    readonly 'on-yes': Steps;
    readonly 'on-no': Steps;
  };
  readonly 'use-context': number;
  readonly spend: Budget;
  readonly exhaust: null;
  readonly crash: number;
  readonly hang: number;
  readonly flood: number;
  readonly garbage: number;
  readonly 'ignore-prompt': null;
};
export type StepName = keyof StepValues;

const texts = z.array(text).default([]);
const nothing = z.null({ error: 'takes no value' });
const nested: z.ZodType<Steps> = z.lazy(() => stepsSchema);

const values: { readonly [Name in StepName]: z.ZodType<StepValues[Name]> } = {
  say: text,
  think: duration,
  edit: z.strictObject({ file: path, find: text, replace: z.string() }),
  write: z.strictObject({ file: path, text: z.string() }),
  append: z.strictObject({ file: path, text }),
  delete: path,
  run: text,
  until: orText('run', { run: text, 'at-most': duration.prefault('1m') }),
  commit: text,
  resolve: orText('file', { file: path, text: z.string().optional() }),
  done: orText('summary', {
    summary: text,
    'scope-reason': text.optional(),
    'on-refused': nested.optional(),
  }),
  blocked: text,
  note: z.strictObject({ to: text, text }),
  guide: text,
  reassign: orText('text', { to: text.optional(), text: text.optional() }),
  split: text,
  'end-split': taskId,
  drop: text,
  ask: text,
  'add-task': z.strictObject({
    title: text,
    body: text.optional(),
    priority: z.enum(priorities).optional(),
    files: texts,
    accept: texts,
    depends: z.array(taskId).default([]),
    splits: taskId.optional(),
    estimate: z.number().positive().optional(),
    tags: texts,
  }),
  'ask-permission': z.strictObject({
    command: text,
    'on-yes': nested.default([]),
    'on-no': nested.default([]),
  }),
  'use-context': z.number().min(0).max(1),
  spend: z.union([text.transform(part => [part]), z.array(text)]).transform((parts, context) => {
    const amount = parseBudget(parts);
    if (amount !== null) return amount;
    context.addIssue(`“${parts.join(', ')}” is no amount: ${budgetHint}`);
    return z.NEVER;
  }),
  exhaust: nothing,
  crash: z.int().min(0).max(255),
  hang: duration,
  flood: size,
  garbage: size,
  'ignore-prompt': nothing,
};
const stepNames = Object.keys(values) as readonly StepName[];
const isStepName = (name: string): name is StepName => Object.hasOwn(values, name);

/** `{ say: Hello }`, or just the name of a step that takes no value. */
const stepSchema = z.unknown().transform((given, context): Step => {
  const entries: [string, unknown][] =
    typeof given === 'string' ? [[given, null]] : Object.entries(given ?? {});
  const [name, value] = entries[0] ?? ['', null];
  if (entries.length !== 1 || !isStepName(name)) {
    const known = `known steps: ${stepNames.join(', ')}`;
    const wrong =
      entries.length === 1 ? `there is no step “${name}”` : 'a step has exactly one name';
    context.addIssue(`${wrong}; ${known}`);
    return z.NEVER;
  }
  const parsed = values[name].safeParse(value);
  if (parsed.success) return { name, value: parsed.data } as Step;
  for (const { path: place, message } of parsed.error.issues)
    context.issues.push({ code: 'custom', input: value, path: [name, ...place], message });
  return z.NEVER;
});

export const stepsSchema: z.ZodType<Steps> = z.array(stepSchema);
