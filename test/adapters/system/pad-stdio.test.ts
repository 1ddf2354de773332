import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { padStdio, type StdioArray } from '../../../src/adapters/system/pad-stdio.ts';

// The package's types are declared under its own name, which the alias `node-pty` hides.
type Pty = { kill(signal: string): void; onExit(listener: () => void): void };
const { spawn: spawnPty } = createRequire(import.meta.url)('node-pty') as {
  spawn(file: string, args: readonly string[], options: { cols: number; rows: number }): Pty;
};

let terminals: Pty[] = [];

beforeEach(() => {
  terminals = [1, 2, 3].map(() => spawnPty('/bin/sh', ['-c', 'sleep 60'], { cols: 80, rows: 24 }));
});

afterEach(async () => {
  for (const terminal of terminals) {
    const ended = new Promise<void>(resolve => terminal.onExit(resolve));
    terminal.kill('SIGKILL');
    await ended;
  }
});

/** What the files from 3 on are that a child inherits. */
async function inherited(stdio: StdioArray): Promise<string[]> {
  const child = spawn('ls', ['-l', '/proc/self/fd'], { stdio });
  let text = '';
  child.stdout?.on('data', chunk => {
    text += String(chunk);
  });
  await new Promise(resolve => child.on('close', resolve));
  const files = [...text.matchAll(/ (\d+) -> (.+)/g)].filter(([, fd]) => Number(fd) > 2);
  // The folder that `ls` itself opened to read the list is no inheritance.
  return files.map(([, , link]) => link ?? '').filter(link => !link.startsWith('/proc/'));
}

test.runIf(process.platform === 'linux')('a padded child holds no PTY master', async () => {
  const unpadded = await inherited(['ignore', 'pipe', 'inherit']);
  // node-pty leaves its masters open for plain children: without this, the padding would prove nothing.
  expect(unpadded.filter(link => link.includes('ptmx'))).not.toEqual([]);

  const padded = await inherited(padStdio(['ignore', 'pipe', 'inherit']));
  expect(padded).not.toEqual([]);
  expect(new Set(padded)).toEqual(new Set(['/dev/null']));
});

test('the padding reaches over gaps to the highest open file, and costs one file of its own', () => {
  const files = Array.from({ length: 20 }, () => openSync('/dev/null', 'r'));
  const highest = Math.max(...files);
  for (const file of files) if (file !== highest) closeSync(file);
  const padded = padStdio(['ignore', 'pipe', 'pipe']);
  expect(padded.length).toBeGreaterThan(highest);
  expect(new Set(padded.slice(3)).size).toBe(1);
  closeSync(highest);
});
