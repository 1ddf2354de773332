import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createClaudeCli } from '../../src/adapters/agent-cli/claude/claude.ts';
import { createHookParser } from '../../src/adapters/agent-cli/claude/hook-signs.ts';
import { parseSessionFile } from '../../src/adapters/agent-cli/claude/session-sign.ts';
import { createTranscriptParser } from '../../src/adapters/agent-cli/claude/transcript.ts';
import { keepNotes } from '../../src/adapters/agent-cli/reading-notes.ts';
import { tailSignals } from '../../src/adapters/following/signal-tail.ts';
import { watchText } from '../../src/adapters/following/watch-text.ts';
import { SystemClock } from '../../src/adapters/system/system-clock.ts';
import type { AgentId } from '../../src/core/ids.ts';
import { AgentWatch } from '../../src/supervisor/agent-watch.ts';
import { createMemoryTerminals, type ProgramSide } from '../support/memory-terminals.ts';
import { type Figure, quantile } from './figure.ts';

const agents = 20;
const secondsEach = 5;
/** Neighbours on the machine make single rounds differ. */
const rounds = 3;
const frameEveryMs = 100;
/** What a session has written before: reading it again would show, and what reading it once leaves behind is small. */
const oldLines = 300;

type Stream = {
  readonly side: ProgramSide;
  readonly watch: (report: () => void) => AgentWatch;
  readonly files: readonly string[];
};

const rule = '─'.repeat(98);
const record = (index: number) =>
  JSON.stringify({
    type: 'assistant',
    message: {
      ...{ id: `m${index}`, content: [{ type: 'text', text: 'word '.repeat(60) }] },
      usage: { input_tokens: 10, output_tokens: 90, cache_read_input_tokens: 20_000 },
    },
  });

/** Twenty Claude Codes that stream: spinner and title ten times a second, a record and a hook now and then. */
export async function measureStatus(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'belfry-bench-'));
  const streams = Array.from({ length: agents }, (_, index) => streamOf(folder, index));
  const shares: number[] = [];
  let reports = 0;
  let isSeen = true;
  let read: number | null = null;
  await spent(streams, () => {});
  for (let round = 0; round < rounds; round += 1) {
    const without = await spent(streams, () => {});
    const watches: AgentWatch[] = [];
    const watched = await spent(streams, () => {
      const report = () => {
        reports += 1;
      };
      for (const { watch } of streams) watches.push(watch(report));
    });
    isSeen &&= watches.every(one => one.reading?.status === 'working');
    for (const one of watches) one.stop();
    shares.push(((watched.cpuMs - without.cpuMs) / (secondsEach * 1_000)) * 100);
    const files = streams.flatMap(one => one.files);
    const size = files.reduce((sum, path) => sum + readFileSync(path).length, 0);
    read ??= watched.readBytes === null ? null : watched.readBytes / size;
  }
  rmSync(folder, { recursive: true, force: true });
  return [
    {
      name: `status of ${agents} agents that stream`,
      value: quantile(shares, 0.5),
      unit: '% core',
      bound: 2,
    },
    { name: 'agents not seen at work', value: isSeen ? 0 : 1, unit: '', bound: 0 },
    { name: 'reports of them', value: reports, unit: '', bound: null },
    ...(read === null
      ? []
      : [{ name: 'bytes read for each byte followed', value: read, unit: '', bound: 1.2 }]),
  ];
}

function streamOf(folder: string, index: number): Stream {
  // As in a run: each agent's files lie in a folder of their own, and its changes are told there.
  const own = join(folder, `eng-${index}`);
  mkdirSync(own);
  const path = (name: string) => join(own, name);
  const [transcript, hooks, session] = [path('t.jsonl'), path('h.jsonl'), path('s.json')];
  writeFileSync(
    transcript,
    `${Array.from({ length: oldLines }, (_, at) => record(at)).join('\n')}\n`,
  );
  writeFileSync(hooks, '');
  writeFileSync(session, JSON.stringify({ pid: index, status: 'busy' }));
  const sides: ProgramSide[] = [];
  const terminal = createMemoryTerminals(side => void sides.push(side)).open({
    ...{ id: `eng-${index}`, file: 'x', args: [], cwd: '/', env: {}, cols: 100, rows: 30 },
  });
  const watched = {
    ...{
      agent: `eng-${index}` as AgentId,
      session: 's',
      isResumed: false,
      cli: createClaudeCli(),
      terminal,
    },
    ...{ clock: new SystemClock(), follow: { tailLines: tailSignals, watchText } },
    notes: keepNotes(folder),
  };
  const lines = { reading: 'lines' } as const;
  return {
    side: sides[0] as ProgramSide,
    files: [transcript, hooks],
    watch: report =>
      new AgentWatch(
        {
          ...watched,
          sources: [
            {
              ...{ name: 'its session file', path: session, reading: 'whole' },
              parse: text => parseSessionFile(text, index),
            },
            { name: 'its hook', path: hooks, ...lines, parse: createHookParser(() => null) },
            { name: 'its transcript', path: transcript, ...lines, parse: createTranscriptParser() },
          ],
        },
        report,
      ),
  };
}

/** What the process spent and read while all of them streamed. */
async function spent(streams: readonly Stream[], begin: () => void) {
  const readBefore = bytesRead();
  begin();
  // What was written before is read once, at the start.
  await delay(1_500);
  const cpuBefore = process.cpuUsage();
  const frames = (secondsEach * 1_000) / frameEveryMs;
  const startedAt = performance.now();
  for (let frame = 0; frame < frames; frame += 1) {
    for (const [index, stream] of streams.entries())
      show(stream, frame, (frame + index) % 20 === 0);
    await delay(Math.max(0, startedAt + (frame + 1) * frameEveryMs - performance.now()));
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  const now = bytesRead();
  return {
    cpuMs: (user + system) / 1_000,
    readBytes: now === null || readBefore === null ? null : now - readBefore,
  };
}

function show(
  { side, files: [transcript = '', hooks = ''] }: Stream,
  frame: number,
  isTold: boolean,
): void {
  const text = Array.from({ length: 22 }, (_, row) => `line ${frame + row} of what it says`);
  const page = [...text, '', `✻ Thinking… (${frame}s)`, '', rule, '❯ ', rule, '  ? for shortcuts'];
  side.print(`\x1b]0;${frame % 2 === 0 ? '◐' : '◑'} task\x07\x1b[H\x1b[2J${page.join('\r\n')}`);
  if (!isTold) return;
  appendFileSync(transcript, `${record(oldLines + frame)}\n`);
  appendFileSync(hooks, '{"hook_event_name":"PostToolUse","tool_name":"Bash"}\n');
}

/** Bytes that this process has read with system calls; null where the machine does not count them. */
function bytesRead(): number | null {
  try {
    return Number(/^rchar: (\d+)/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
  } catch {
    return null;
  }
}
