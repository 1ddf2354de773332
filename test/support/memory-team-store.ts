import type { Agent } from '../../src/core/agent.ts';
import type { Event } from '../../src/core/event.ts';
import type { AgentId, Oid, TaskId } from '../../src/core/ids.ts';
import type { Command } from '../../src/core/input.ts';
import { defaultPolicy, type Policy } from '../../src/core/policy.ts';
import type { BranchPair } from '../../src/core/radar.ts';
import type { AttemptRecord } from '../../src/core/record/attempt-record.ts';
import { emptyState, type State } from '../../src/core/state.ts';
import type { Attempt, Priority, Task, TaskContent } from '../../src/core/task.ts';
import { newAccount } from '../../src/core/usage/budget.ts';
import { noUsage, plusUsage } from '../../src/core/usage/usage.ts';
import type { Concern } from '../../src/ports/concern.ts';
import type { GateRun } from '../../src/ports/gate.ts';
import type { WrittenReceipt } from '../../src/ports/records/receipts.ts';
import type { ReadOnly, TeamStore } from '../../src/ports/team-store.ts';
import type { CellRun, CellStyle, Screen, Terminal } from '../../src/ports/terminals.ts';

/** Half past nine in the person's time zone, so that clocks in frames are the same everywhere. */
export const noon = new Date(2030, 5, 3, 9, 30, 0).getTime();
export const minutes = (count: number): number => count * 60_000;

const agentId = (text: string): AgentId => text as AgentId;
const taskId = (text: string): TaskId => text as TaskId;

export function agentOf(id: string, more: Partial<Agent> = {}): Agent {
  return {
    id: agentId(id),
    role: id === 'architect' || id === 'manager' ? id : 'engineer',
    cli: 'claude',
    status: 'idle',
    statusReason: 'its own record says so',
    since: noon - minutes(4),
    session: `session of ${id}`,
    sessionCount: 1,
    task: null,
    paused: false,
    stopped: false,
    question: null,
    contextUsed: 0.31,
    costUsd: 1.25,
    tokens: { input: 52_000, cached: 830_000, output: 9_400 },
    restarts: 0,
    outages: 0,
    restartAt: null,
    deadline: null,
    nudged: false,
    messagesInSession: 1,
    workedInSession: true,
    isCut: false,
    pausedAt: null,
    isHeldBack: false,
    ...more,
  };
}

export function taskOf(id: string, title: string, more: Partial<Task> = {}): Task {
  return {
    title,
    priority: 'medium',
    tags: [],
    dependsOn: [],
    files: ['src/queue.ts'],
    accept: ['npm test'],
    estimateMinutes: 30,
    body: 'The queue must keep its order when two producers write at once.',
    id: taskId(id),
    column: 'ready',
    since: noon - minutes(12),
    addedAt: noon - minutes(90),
    addedBy: 'person',
    assignee: null,
    reservedFor: null,
    attempt: 0,
    retries: 0,
    conflicts: 0,
    exhaustions: 0,
    escalations: 0,
    reassignments: 0,
    splitRequests: 0,
    splitInto: [],
    failedBy: [],
    attempts: [],
    gateStep: null,
    risks: [],
    escalation: null,
    guidance: null,
    blocked: null,
    paused: false,
    dropped: null,
    landedAs: null,
    planned: true,
    account: newAccount,
    why: 'waits for a free engineer',
    ...more,
  };
}

export function attemptOf(number: number, agent: string, more: Partial<Attempt> = {}): Attempt {
  return {
    number,
    agent: agentId(agent),
    startedAt: noon - minutes(40),
    endedAt: null,
    end: null,
    summary: null,
    sessions: 1,
    effort: { startedMs: 0, ms: null, used: noUsage },
    ...more,
  };
}

export function stateOf(
  agents: readonly Agent[],
  tasks: readonly Task[],
  more: Partial<State> = {},
): State {
  const used = agents.reduce(
    (sum, { tokens, costUsd }) => plusUsage(sum, { tokens, costUsd }),
    noUsage,
  );
  return {
    ...emptyState,
    account: { ...newAccount, used },
    supervised: { ms: minutes(90), pausedMs: 0, runs: 1, cutRuns: 0 },
    at: noon,
    trunk: { ...emptyState.trunk, name: 'main', gate: 'green', head: 'a'.repeat(40) as Oid },
    agents: Object.fromEntries(agents.map(agent => [agent.id, agent])),
    tasks: Object.fromEntries(tasks.map(task => [task.id, task])),
    ...more,
  };
}

const caughtRecord: AttemptRecord = {
  maker: { cli: 'claude', session: 'eng-1-1', model: 'claude-sonnet-4-5' },
  head: 'd'.repeat(40) as Oid,
  candidate: {
    base: 'c'.repeat(40) as Oid,
    head: 'd'.repeat(40) as Oid,
    commit: 'e'.repeat(40) as Oid,
    tree: 'f'.repeat(40) as Oid,
  },
  gates: [1, 2].map(run => ({
    ...{ run, subject: 'candidate', startedAt: noon - minutes(23 - run), result: 'red' },
    ...{ durationMs: 42_000, command: run === 1 ? 'npm test' : null },
  })),
};

/** Five agents in the middle of a morning: one asks, one task is escalated, one waits for review. */
export function busyState(): State {
  const spent = { ...newAccount, used: { ...noUsage, costUsd: 1.25 } };
  const red = 'FAIL src/queue.test.ts\n  expected [1, 2] but got [2, 1]';
  return stateOf(
    [
      agentOf('architect', { contextUsed: 0.12 }),
      agentOf('manager', { cli: 'scripted', contextUsed: null, costUsd: null }),
      agentOf('eng-1', { status: 'working', task: taskId('T-4'), since: noon - minutes(7) }),
      agentOf('eng-2', {
        status: 'permission',
        task: taskId('T-5'),
        contextUsed: 0.64,
        question: {
          id: 'q-1',
          kind: 'permission',
          text: 'Run npm install left-pad?',
          since: noon - minutes(2),
          answersItselfAt: null,
        },
      }),
      agentOf('eng-3', { status: 'working', task: taskId('T-7'), contextUsed: 0.88 }),
    ],
    [
      taskOf('T-1', 'Set up the test runner', { column: 'done', landedAs: 'b'.repeat(40) as Oid }),
      taskOf('T-2', 'Read the configuration file', {
        column: 'done',
        landedAs: 'c'.repeat(40) as Oid,
        since: noon - minutes(30),
      }),
      taskOf('T-3', 'Write the parser', {
        column: 'gate',
        gateStep: 'review',
        assignee: agentId('eng-1'),
        attempt: 1,
        risks: ['2 tests fewer than before'],
      }),
      taskOf('T-4', 'Keep the order of the queue', {
        account: spent,
        column: 'doing',
        assignee: agentId('eng-1'),
        attempt: 2,
        retries: 1,
        attempts: [
          attemptOf(1, 'eng-1', {
            endedAt: noon - minutes(20),
            end: { kind: 'failed', reason: 'gate', excerpt: red },
            summary: 'order is kept',
            record: caughtRecord,
          }),
          attemptOf(2, 'eng-1', { startedAt: noon - minutes(19) }),
        ],
        why: 'eng-1 tries again after a gate catch',
      }),
      taskOf('T-5', 'Show the queue in the header', {
        account: spent,
        column: 'doing',
        assignee: agentId('eng-2'),
        attempt: 1,
      }),
      taskOf('T-6', 'Rotate the logs', {
        column: 'doing',
        attempt: 3,
        retries: 2,
        escalation: {
          to: 'person',
          why: 'the same failure three times',
          since: noon - minutes(9),
          deadline: null,
        },
      }),
      taskOf('T-7', 'Export as CSV', {
        account: spent,
        column: 'gate',
        gateStep: 'testing',
        assignee: agentId('eng-3'),
        attempt: 1,
      }),
      taskOf('T-8', 'Document the flags'),
      taskOf('T-9', 'Remove the old client', {
        priority: 'high',
        why: 'overlaps T-4 in src/queue.ts',
      }),
      taskOf('T-10', 'Colours for the blind', { column: 'backlog' }),
    ],
    {
      landing: {
        task: taskId('T-7'),
        attempt: 1,
        startedAt: noon - 64_000,
        candidate: null,
        runs: 1,
        rebuilds: 0,
        faults: 0,
        red: null,
        passed: false,
        flaky: false,
        retryAt: null,
        running: 'candidate',
        isCleared: false,
      },
      counters: { ...emptyState.counters, landed: 2, gateCatches: 1 },
    },
  );
}

/** A terminal of plain rows that records what is typed. */
export class FakeTerminal implements Terminal {
  readonly id: string;
  readonly pid = 0;
  readonly screen: { -readonly [Key in keyof Screen]: Screen[Key] };
  readonly bytesReceived = 0;
  exit: Terminal['exit'] = null;
  readonly typed: string[] = [];
  readonly pasted: string[] = [];
  size: readonly [number, number] | null = null;
  isVisible = false;
  /** Its program asked to hear of the mouse. */
  hearsWheel = false;
  readonly #rows: CellRun[][] = [];
  readonly #listeners = new Set<() => void>();

  constructor(id: string, rows: readonly string[] = [], cols = 80) {
    this.id = id;
    this.screen = {
      cols,
      rows: 24,
      version: 1,
      cursor: { x: 0, y: 0, isVisible: true },
      title: '',
      notification: '',
      scrollbackRows: 3,
      row: (y, scrolledRows = 0) =>
        scrolledRows > 0 && y < scrolledRows
          ? [runOf(`past ${scrolledRows - y}`)]
          : (this.#rows[y - scrolledRows] ?? []),
      lines: () => this.#rows.map(row => row.map(run => run.text).join('')),
    };
    for (const row of rows) this.#rows.push([runOf(row)]);
  }

  print(y: number, text: string, style: Partial<CellStyle> = {}, width = text.length): void {
    this.#rows[y] = [{ ...runOf(text, style), width }];
    this.#changed();
  }

  #changed(): void {
    this.screen.version += 1;
    for (const listener of this.#listeners) listener();
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  write(keys: string): void {
    this.typed.push(keys);
  }
  paste(text: string): void {
    this.pasted.push(text);
  }
  wheel(by: 1 | -1, x: number, y: number): boolean {
    if (this.hearsWheel) this.typed.push(`wheel ${by} at ${x},${y}`);
    return this.hearsWheel;
  }
  resize(cols: number, rows: number): void {
    this.size = [cols, rows];
    this.screen.cols = cols;
    this.screen.rows = rows;
    this.#changed();
  }
  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible;
  }
  async hold(): Promise<void> {}
  async release(): Promise<void> {}
  runsTools = () => false;
  async end(): Promise<void> {}
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export const plainStyle: CellStyle = {
  fg: { kind: 'default' },
  bg: { kind: 'default' },
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
  strikethrough: false,
};

const runOf = (text: string, style: Partial<CellStyle> = {}): CellRun => ({
  text,
  width: text.length,
  style: { ...plainStyle, ...style },
});

/** A team that stands still until a test moves it. Commands are recorded and answered as told. */
export class MemoryTeamStore implements TeamStore {
  policy: Policy = defaultPolicy;
  repositoryName = 'harbour';
  notices: readonly string[] = [];
  readOnly: ReadOnly | null = null;
  readonly commands: Command[] = [];
  /** How often the page told that the person is there. */
  actedCount = 0;
  readonly added: TaskContent[] = [];
  pairs: readonly BranchPair[] = [];
  receipts: readonly WrittenReceipt[] = [];
  outside: readonly Concern[] = [];
  readonly priorities: (readonly [TaskId, Priority])[] = [];
  readonly files = new Map<TaskId, string>();
  /** What the next commands are refused with. */
  refusal: string | null = null;
  diff = 'diff --git a/src/queue.ts b/src/queue.ts\n@@ -1 +1 @@\n-old order\n+kept order';
  time = noon;
  readonly terminals = new Map<AgentId, Terminal>();
  #state: State;
  #events: readonly Event[] = [];
  #gate: GateRun | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #gateListeners = new Set<() => void>();

  constructor(state: State = busyState()) {
    this.#state = state;
  }

  getState(): State {
    return this.#state;
  }

  publish(state: State, events: readonly Event[] = []): void {
    this.#state = state;
    this.#events = [...this.#events, ...events];
    for (const listener of this.#listeners) listener();
  }

  runGate(gate: GateRun | null): void {
    this.#gate = gate;
    for (const listener of this.#gateListeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  recentEvents(): readonly Event[] {
    return this.#events;
  }
  async command(command: Command): Promise<string | null> {
    this.commands.push(command);
    return this.refusal;
  }
  personActed(): void {
    this.actedCount += 1;
  }

  async addTask(content: TaskContent) {
    if (this.refusal !== null) return { refused: this.refusal };
    this.added.push(content);
    return { task: taskId(`T-${100 + this.added.length}`) };
  }
  async setPriority(task: TaskId, priority: Priority): Promise<string | null> {
    this.priorities.push([task, priority]);
    return this.refusal;
  }
  async taskFile(task: TaskId): Promise<string | null> {
    return this.files.get(task) ?? null;
  }
  worktreeOf(agent: AgentId): string | null {
    return `worktrees/${agent}`;
  }
  terminalOf(agent: AgentId): Terminal | null {
    return this.terminals.get(agent) ?? null;
  }
  receiptsOf(task: TaskId): readonly WrittenReceipt[] {
    return this.receipts.filter(one => one.task === task);
  }
  concerns(): readonly Concern[] {
    return this.outside;
  }
  noteConcern(key: string): void {
    this.outside = this.outside.filter(concern => concern.key !== key);
    for (const listener of this.#listeners) listener();
  }
  branchPairs(): readonly BranchPair[] {
    return this.pairs;
  }
  gateRun(): GateRun | null {
    return this.#gate;
  }
  onGateChange(listener: () => void): () => void {
    this.#gateListeners.add(listener);
    return () => this.#gateListeners.delete(listener);
  }
  async diffOf(): Promise<string> {
    return this.diff;
  }
  now(): number {
    return this.time;
  }
}
