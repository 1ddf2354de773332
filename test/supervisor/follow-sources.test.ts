import { expect, test } from 'vitest';
import type { Signal, SignalSource } from '../../src/ports/agent-cli.ts';
import { followSources } from '../../src/supervisor/follow-sources.ts';

const received: Signal = { kind: 'promptReceived' };

function world() {
  const open = new Map<string, { how: string; tell: (text: string) => void }>();
  const seen: string[] = [];
  const followed = (how: string) => (path: string, tell: (text: string) => void) => {
    open.set(path, { how, tell });
    return () => void open.delete(path);
  };
  const follow = {
    tailLines: (
      path: string,
      tell: (text: string) => void,
      options?: { readonly from?: 'start' | 'end' },
    ) => followed(`lines from the ${options?.from}`)(path, tell),
    watchText: followed('whole'),
  };
  const start = (sources: readonly SignalSource[]) =>
    followSources(sources, follow, (source, signal) => seen.push(`${source}: ${signal.kind}`));
  const tell = (path: string, text: string) => open.get(path)?.tell(text);
  return { open, seen, start, tell };
}

const source = (
  path: string,
  reading: SignalSource['reading'],
  parse: SignalSource['parse'] = () => [received],
): SignalSource => ({ name: `file ${path}`, path, reading, parse });

test('each file is read as it asks', () => {
  const { open, start } = world();
  start([source('/a', 'lines'), source('/b', 'newLines'), source('/c', 'whole')]);
  expect([...open].map(([path, { how }]) => `${path} ${how}`)).toEqual([
    ...['/a lines from the start', '/b lines from the end', '/c whole'],
  ]);
});

test('a file that another names is followed once', () => {
  const { open, seen, start, tell } = world();
  const named: Signal = { kind: 'follow', source: source('/named', 'lines') };
  start([source('/hooks', 'lines', () => [named, received])]);
  tell('/hooks', 'x');
  tell('/hooks', 'x');
  tell('/named', 'y');
  expect([...open.keys()]).toEqual(['/hooks', '/named']);
  expect(seen).toEqual([
    ...['file /hooks: promptReceived', 'file /hooks: promptReceived'],
    'file /named: promptReceived',
  ]);
});

test('files that name each other without end come to an end', () => {
  const { open, start, tell } = world();
  let count = 0;
  const next = (): SignalSource =>
    source(`/${count++}`, 'lines', () => [{ kind: 'follow', source: next() }]);
  start([next()]);
  for (let round = 0; round < 100; round += 1) tell(`/${round}`, 'x');
  expect(open.size).toBeLessThan(40);
});

test('nothing is open after the end', () => {
  const { open, start } = world();
  const stop = start([source('/a', 'lines'), source('/b', 'whole')]);
  stop();
  expect(open.size).toBe(0);
});
