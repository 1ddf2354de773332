import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Prompt } from './scenario/prompt.ts';
import type { Steps } from './scenario/steps.ts';

const promptSchema = z.custom<Prompt>(value => typeof value === 'object' && value !== null);
const savedSteps = z.custom<Steps>(value => Array.isArray(value));

const sessionSchema = z.object({
  contextUsed: z.number(),
  costUsd: z.number().default(0),
  /** Null until a scenario spends some: a script needs no model. */
  tokens: z.number().nullable().default(null),
  questions: z.number(),
  /** The prompt under way; null while the session waits, or for the architect's start. */
  prompt: promptSchema.nullable(),
  /** Steps that are still to be played. */
  remaining: savedSteps,
});
const agentSchema = z.object({
  isStarted: z.boolean(),
  /** Message ids of prompts, by `kind task`: the n-th failure finds the n-th list. */
  received: z.record(z.string(), z.array(z.string())),
  /** Messages that were lost on purpose. */
  ignored: z.array(z.string()),
  /** Messages worked on to the end, with the step that reported it. */
  finished: z.record(z.string(), savedSteps),
});
export type SessionMemory = z.output<typeof sessionSchema>;
export type AgentMemory = z.output<typeof agentSchema>;

const emptySession: SessionMemory = {
  contextUsed: 0.02,
  costUsd: 0,
  tokens: null,
  questions: 0,
  prompt: null,
  remaining: [],
};
const emptyAgent: AgentMemory = { isStarted: false, received: {}, ignored: [], finished: {} };

/**
 * What must survive the end of the process: the session, so that it can be resumed after a crash at
 * any moment, and what the agent has seen in all its sessions.
 */
export class Memory {
  #session: SessionMemory;
  #agent: AgentMemory;
  readonly #sessionFile: string;
  readonly #agentFile: string;
  /** True when `--resume` found the session. */
  readonly isResumed: boolean;

  constructor(home: string, session: string, resume: boolean) {
    this.#sessionFile = join(home, `session-${session}.json`);
    this.#agentFile = join(home, 'played.json');
    const known = resume ? read(this.#sessionFile, sessionSchema) : null;
    this.isResumed = known !== null;
    this.#session = known ?? emptySession;
    this.#agent = read(this.#agentFile, agentSchema) ?? emptyAgent;
    this.updateSession({});
  }

  get session(): SessionMemory {
    return this.#session;
  }

  get agent(): AgentMemory {
    return this.#agent;
  }

  updateSession(change: Partial<SessionMemory>): void {
    this.#session = { ...this.#session, ...change };
    write(this.#sessionFile, this.#session);
  }

  updateAgent(change: Partial<AgentMemory>): void {
    this.#agent = { ...this.#agent, ...change };
    write(this.#agentFile, this.#agent);
  }

  /** How many prompts of this kind about this task came before this one. The same message counts once. */
  occurrenceOf(prompt: Prompt): number {
    const key = `${prompt.kind} ${prompt.task ?? ''}`;
    const before = this.#agent.received[key] ?? [];
    const index = before.indexOf(prompt.message);
    if (index !== -1) return index;
    const received = { ...this.#agent.received, [key]: [...before, prompt.message] };
    this.updateAgent({ received });
    return before.length;
  }
}

/** Null when there is no such file or it is not ours: then the agent begins anew. */
function read<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> | null {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function write(path: string, value: unknown): void {
  const next = `${path}.next`;
  writeFileSync(next, JSON.stringify(value), { mode: 0o600 });
  renameSync(next, path);
}
