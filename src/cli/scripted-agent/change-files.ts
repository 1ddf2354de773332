import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { StepOf } from './scenario/steps.ts';

/** A step that cannot be played as written. The agent says so and gives the task back. */
export class StepProblem extends Error {
  override readonly name = 'StepProblem';
}

export type FileStep = StepOf<'edit' | 'write' | 'append' | 'delete' | 'resolve'>;

/**
 * Changes one file under `folder`. A change that is there already counts as made: after a crash a step
 * may be played twice. Returns what to show. Throws `StepProblem`.
 */
export function changeFile(folder: string, step: FileStep): string {
  switch (step.name) {
    case 'edit':
      return editFile(resolve(folder, step.value.file), step.value);
    case 'write': {
      writeText(resolve(folder, step.value.file), step.value.text);
      return counted(step.value.text, 'written');
    }
    case 'append': {
      const path = resolve(folder, step.value.file);
      const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
      if (before.endsWith(step.value.text)) return 'is there already';
      writeText(path, before + step.value.text);
      return counted(step.value.text, 'added');
    }
    case 'delete':
      rmSync(resolve(folder, step.value), { recursive: true, force: true });
      return 'deleted';
    case 'resolve':
      return resolveFile(resolve(folder, step.value.file), step.value);
  }
}

function editFile(path: string, { file, find, replace }: StepOf<'edit'>['value']): string {
  if (!existsSync(path)) throw new StepProblem(`cannot edit ${file}: there is no such file`);
  const before = readFileSync(path, 'utf8');
  const isMade = replace !== '' && before.includes(replace);
  if (isMade && (replace.includes(find) || !before.includes(find))) return 'is so already';
  if (!before.includes(find)) {
    throw new StepProblem(`cannot edit ${file}: the text to replace is not there`);
  }
  writeFileSync(
    path,
    before.replace(find, () => replace),
  );
  return `${counted(find, 'removed')}, ${counted(replace, 'added')}`;
}

/** The whole text, or both sides of every conflict one after the other. */
function resolveFile(path: string, { file, text }: StepOf<'resolve'>['value']): string {
  if (text !== undefined) {
    writeText(path, text);
    return 'resolved';
  }
  if (!existsSync(path)) throw new StepProblem(`cannot resolve ${file}: there is no such file`);
  const before = readFileSync(path, 'utf8');
  const after = before
    .replaceAll(/^\|{7} .*\n(?:.*\n)*?(?=^={7}$)/gm, '')
    .replaceAll(/^(?:<{7} .*|={7}|>{7} .*)\n/gm, '');
  writeFileSync(path, after);
  return after === before ? 'has no conflict any more' : 'both sides kept';
}

function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function counted(text: string, verb: string): string {
  const count = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
  return `${count} ${count === 1 ? 'line' : 'lines'} ${verb}`;
}
