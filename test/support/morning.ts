import type { Event } from '../../src/core/event.ts';
import type { AgentId, Oid, TaskId } from '../../src/core/ids.ts';
import type { Message } from '../../src/core/message.ts';
import type { Finding } from '../../src/core/plan/finding.ts';
import type { State } from '../../src/core/state.ts';
import type { Task } from '../../src/core/task.ts';
import {
  busyState,
  FakeTerminal,
  MemoryTeamStore,
  minutes,
  noon,
  taskOf,
} from './memory-team-store.ts';

const task = (id: string): TaskId => id as TaskId;
const agent = (id: string): AgentId => id as AgentId;
const oid = (letter: string): Oid => letter.repeat(40) as Oid;

const planned = (id: string, title: string, more: Partial<Task> = {}): Task =>
  taskOf(id, title, {
    ...{
      column: 'backlog',
      planned: false,
      addedBy: agent('architect'),
      addedAt: noon - minutes(2),
      since: noon - minutes(2),
    },
    ...more,
  });

/** The morning with a plan of four tasks that nobody has accepted yet. */
export function withDraft(state: State): State {
  const draft = [
    planned('T-21', 'Describe a tide table', { estimateMinutes: 40 }),
    planned('T-22', 'Read tide tables from a file', { dependsOn: [task('T-21')] }),
    planned('T-23', 'Warn of low water', {
      dependsOn: [task('T-21'), task('T-4')],
      estimateMinutes: 20,
    }),
    planned('T-24', 'Print the tides of a day', { dependsOn: [task('T-22')], estimateMinutes: 25 }),
  ];
  const hotspot: Finding = {
    ...{ rule: 'hotspot', severity: 'warning', task: task('T-22'), other: null },
    reason: 'src/index.ts is changed by every third commit',
    remedy: 'let one task own it',
  };
  const tasks = Object.fromEntries(draft.map(one => [one.id, one]));
  return {
    ...state,
    tasks: { ...state.tasks, ...tasks },
    plan: { ...state.plan, findings: { [task('T-22')]: [hotspot] } },
  };
}

type Sketch = Event extends infer One ? (One extends Event ? Omit<One, 'at'> : never) : never;
const ago = (count: number, event: Sketch): Event =>
  ({ ...event, at: noon - minutes(count) }) as Event;

/** How the team of `busyState` came to where it is. */
const morningEvents: readonly Event[] = [
  ago(55, { type: 'run.started', trunk: 'main', head: oid('a') }),
  ago(50, {
    type: 'task.assigned',
    task: task('T-4'),
    agent: agent('eng-1'),
    attempt: 1,
    why: 'free, knows src/queue.ts',
  }),
  ago(40, { type: 'landing.finished', task: task('T-1'), attempt: 1, commit: oid('b') }),
  ago(30, { type: 'landing.finished', task: task('T-2'), attempt: 1, commit: oid('c') }),
  ago(20, { type: 'attempt.failed', task: task('T-4'), attempt: 1, reason: 'gate', excerpt: '' }),
  ago(19, {
    type: 'attempt.started',
    task: task('T-4'),
    attempt: 2,
    isRetry: true,
    freshSession: false,
  }),
  ago(12, { type: 'attempt.conflicted', task: task('T-6'), attempt: 2, files: ['src/log.ts'] }),
  ago(9, {
    type: 'task.escalated',
    task: task('T-6'),
    to: 'person',
    from: agent('eng-2'),
    why: 'the same failure three times',
    deadline: null,
  }),
  ago(4, {
    type: 'gate.passed',
    task: task('T-3'),
    attempt: 1,
    run: 1,
    durationMs: 42_000,
    flaky: false,
  }),
  ago(3, {
    type: 'review.requested',
    task: task('T-3'),
    attempt: 1,
    risks: ['2 tests fewer than before'],
  }),
  ago(1, {
    type: 'gate.started',
    task: task('T-7'),
    attempt: 1,
    run: 1,
    subject: 'candidate',
  }),
];

const agentScreen = [
  '',
  '* Reading src/queue.ts',
  '    142 lines',
  '',
  '* The order breaks when two producers push within the same tick:',
  '  push() appends before the lock is taken. I move the lock up.',
  '',
  '* Edit src/queue.ts',
  '  - const at = this.items.length;',
  '  + const at = this.reserve();',
  '',
  '* Run npm test',
  '    ok 14 - keeps order with two producers',
  '    # pass 41',
  '    # fail 0',
  '',
  '+ Working (12s, esc to interrupt)',
];

export const morningDiff = `diff --git a/src/queue.ts b/src/queue.ts
index 1111111..2222222 100644
--- a/src/queue.ts
+++ b/src/queue.ts
@@ -10,9 +10,10 @@ export class Queue<Item> {
   push(item: Item): void {
-    const at = this.items.length;
-    this.lock.take();
+    this.lock.take(); // before the place is known
+    const at = this.reserve();
     this.items[at] = item;
-    return 'pushed';
   }
 
+  /** The next free place. */
+  reserve(): number {
@@ -40,3 +41,3 @@ export function drain(queue: Queue<string>): string[] {
   const limit = 16;
-  while (queue.size > limit) out.push(queue.pop());
+  while (queue.size > 0) out.push(queue.pop());
   return out;
diff --git a/test/queue.test.ts b/test/queue.test.ts
new file mode 100644
index 0000000..3333333
--- /dev/null
+++ b/test/queue.test.ts
@@ -0,0 +1,3 @@
+test('keeps the order', () => {
+  expect(drain(two())).toEqual([1, 2]);
+});
diff --git a/docs/old.md b/docs/older.md
similarity index 90%
rename from docs/old.md
rename to docs/older.md
index 4444444..5555555 100644
--- a/docs/old.md
+++ b/docs/older.md
@@ -1,2 +1,2 @@
-The queue is slow.
+The queue is quick.
 It was written in an evening.
`;

const message = (id: number, from: string, to: string, more: Partial<Message>): Message => ({
  id: `M-${id}`,
  kind: 'note',
  from: from as Message['from'],
  to: agent(to),
  task: null,
  attempt: null,
  text: '',
  freshSession: false,
  sentAt: noon - minutes(60 - id),
  delivery: 'delivered',
  tries: 1,
  deadline: null,
  ...more,
});

/** What was said in that morning: read, under way, waiting, and never arrived. */
export const morningMessages: readonly Message[] = [
  message(3, 'person', 'architect', {
    kind: 'goal',
    text: 'The queue must keep its order, whoever writes.',
  }),
  message(11, 'eng-1', 'architect', { text: 'May reserve() be public, or is that your call?' }),
  message(14, 'architect', 'eng-1', { text: 'Keep it private.', delivery: 'typed' }),
  message(21, 'belfry', 'eng-2', { kind: 'task', task: task('T-5'), text: '' }),
  message(31, 'person', 'eng-2', {
    text: 'No new packages, please: the header must do with what is there.',
    delivery: 'queued',
  }),
  message(40, 'manager', 'eng-3', {
    text: 'Export dates in UTC.',
    delivery: 'undelivered',
  }),
];

/** The team of `busyState` with its terminals, its gate under way and its morning behind it. */
export function morningStore(): MemoryTeamStore {
  const store = new MemoryTeamStore(busyState());
  for (const { id } of Object.values(store.getState().agents)) {
    store.terminals.set(id, new FakeTerminal(id, [`I am ${id}`, ...agentScreen]));
  }
  store.runGate({
    id: 'T-7-1-1',
    command: 'npm test',
    startedAt: noon - 64_000,
    endedAt: null,
    tail: ['TAP version 13', 'ok 1 - exports a header', 'ok 2 - quotes a comma'],
    counts: { passed: 2, failed: 0, skipped: 0 },
    logFile: 'gate/T-7-1-1.log',
  });
  store.diff = morningDiff;
  store.pairs = [
    { one: task('T-4'), other: null, state: 'near', files: ['src/queue.ts'] },
    { one: task('T-4'), other: task('T-5'), state: 'conflict', files: ['src/queue.ts'] },
  ];
  store.publish(store.getState(), morningEvents);
  return store;
}
