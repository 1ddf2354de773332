import { splitPartsMin } from '../limits.ts';
import type { Task } from '../task.ts';
import { fenced } from './fenced.ts';
import type { KeptWork } from './kept-work.ts';
import { fileWords } from './page-words.ts';

/** One page for the architect: what is to be split, why, and how it answers. */
export function splitLines(task: Task, asked: string, kept: KeptWork | undefined): string[] {
  const { id, title, body, files, accept, exhaustions } = task;
  return [
    `${id} is to be split into several tasks: ${task.escalation?.why ?? task.why}`,
    ...(asked === '' ? [] : fenced(asked)),
    '',
    `Title: ${title}`,
    ...(body.trim() === '' ? [] : fenced(body.trim())),
    ...(files.length === 0 ? [] : [`Files: ${fileWords(files)}`]),
    ...(accept.length === 0 ? [] : ['Must pass at the end:', ...accept.map(one => `  ${one}`)]),
    ...(exhaustions === 0 ? [] : [`It has filled ${exhaustions} context windows.`]),
    ...workOf(kept),
    '',
    `Add each part, at least ${splitPartsMin}, along the modules; say in its body what of the half-finished work fits it:`,
    `  belfry task add --splits ${id} --title "…" --body "…" --file … --accept "…" --estimate …`,
    'When you have added every part:',
    `  belfry split ${id} --done`,
    `Whoever waits for ${id} then waits for all of its parts. No part is begun before that.`,
  ];
}

/** What an engineer is offered who has a part of it. */
export function keptLines({ splits }: Task, kept: KeptWork | undefined): readonly string[] {
  if (splits === undefined) return [];
  return ['', `This is one part of ${splits}, which was too broad.`, ...workOf(kept)];
}

function workOf(kept: KeptWork | undefined): readonly string[] {
  if (kept === undefined) return [];
  const { ref, commits, files, linesAdded, linesRemoved } = kept;
  return [
    `Half-finished work is kept as ${ref}: ${commits} commits, +${linesAdded} −${linesRemoved}, ${fileWords(files)}`,
    'Nobody has tested it. Take what fits, and only that:',
    `  git diff HEAD...${ref}        git checkout ${ref} -- PATH`,
  ];
}
