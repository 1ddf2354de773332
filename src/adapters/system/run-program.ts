import { spawn } from 'node:child_process';
import type { ProgramEnd, RunProgram } from '../../ports/person-programs.ts';
import { padStdio } from './pad-stdio.ts';

/** A key that interrupts or quits is meant for the program that has the terminal. */
const keySignals = ['SIGINT', 'SIGQUIT'] as const;

export const runProgram: RunProgram = (file, args, folder) => {
  const listenToKeys = ignoreKeySignals();
  return new Promise<ProgramEnd>(resolve => {
    const stdio = padStdio(['inherit', 'inherit', 'inherit']);
    const child = spawn(file, args, { stdio, ...(folder && { cwd: folder }) });
    child.on('error', error => resolve({ kind: 'failed', why: error.message }));
    child.on('exit', code => resolve({ kind: 'ended', code }));
  }).finally(listenToKeys);
};

/** Returns what has them mean again what they meant. */
function ignoreKeySignals(): () => void {
  const ignore = (): void => {};
  const before = keySignals.map(signal => ({
    signal,
    listeners: process.listeners(signal) as NodeJS.SignalsListener[],
  }));
  for (const { signal, listeners } of before) {
    process.on(signal, ignore);
    for (const listener of listeners) process.off(signal, listener);
  }
  return () => {
    for (const { signal, listeners } of before) {
      for (const listener of listeners) process.on(signal, listener);
      process.off(signal, ignore);
    }
  };
}
