import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanText } from '../../lib/clean-text.ts';
import { changeFile, type FileStep, StepProblem } from './change-files.ts';
import { type ClaimStep, claimArguments, endsWork } from './claim.ts';
import type { Memory } from './memory.ts';
import { afterGarbage, floodPieces, garbagePieces } from './noise.ts';
import { type CommandResult, runCommand, runShell } from './run-command.ts';
import type { Prompt } from './scenario/prompt.ts';
import type { Step, StepOf, Steps } from './scenario/steps.ts';
import type { Stage } from './screen/stage.ts';

/** A share of the context window that counts as full. */
export const contextFull = 0.95;
const pollMs = 300;

export type Performing = {
  readonly stage: Stage;
  readonly memory: Memory;
  readonly folder: string;
  readonly speed: number;
  readonly prompt: Prompt | null;
  /** Ends the turn at once when the person interrupts it. */
  readonly signal: AbortSignal;
  askPermission(command: string): Promise<'yes' | 'no'>;
  hang(ms: number): Promise<void>;
  crash(code: number): Promise<never>;
};

/** What comes next: steps to play before the rest, or nothing more at all. */
export type Outcome = { readonly next?: Steps; readonly isLast?: boolean };

/** Plays one step. Throws `StepProblem`, or the reason of `signal`. */
export async function performStep(step: Step, given: Performing): Promise<Outcome> {
  const { stage, signal } = given;
  const pause = (ms: number) => sleep(ms / given.speed, undefined, { signal });
  switch (step.name) {
    case 'say':
      await stage.stream(step.value, signal);
      return {};
    case 'think':
      await pause(step.value);
      return {};
    case 'edit':
    case 'write':
    case 'append':
    case 'delete':
    case 'resolve':
      return change(step, given);
    case 'run':
      return run(step.value, given);
    case 'until':
      return until(step, given);
    case 'commit':
      return commit(step.value, given);
    case 'ask-permission': {
      const { command } = step.value;
      const answer = await given.askPermission(command);
      stage.print('', cleanText(`You answered ${answer}: ${command}`));
      return { next: step.value[`on-${answer}`] };
    }
    case 'use-context':
      given.memory.updateSession({ contextUsed: step.value });
      return { isLast: step.value >= contextFull };
    case 'spend': {
      const { costUsd, tokens } = given.memory.session;
      const { dollars, tokens: more } = step.value;
      given.memory.updateSession({
        costUsd: costUsd + (dollars ?? 0),
        tokens: more === null ? tokens : (tokens ?? 0) + more,
      });
      return {};
    }
    case 'exhaust':
      given.memory.updateSession({ contextUsed: 1 });
      return { isLast: true };
    case 'crash':
      return given.crash(step.value);
    case 'hang':
      await given.hang(step.value / given.speed);
      return {};
    case 'flood':
      await pour(floodPieces(step.value), '', given);
      return {};
    case 'garbage':
      await pour(garbagePieces(step.value), afterGarbage, given);
      return {};
    case 'ignore-prompt':
      return {};
    default:
      return claim(step, given);
  }
}

const fileOf = (step: FileStep) => (step.name === 'delete' ? step.value : step.value.file);
const toolNames: Readonly<Record<FileStep['name'], string>> = {
  edit: 'Edit',
  write: 'Write',
  append: 'Edit',
  delete: 'Delete',
  resolve: 'Edit',
};

function change(step: FileStep, { stage, folder }: Performing): Outcome {
  const what = changeFile(folder, step);
  stage.printBlock(toolNames[step.name], fileOf(step), what, true);
  return {};
}

/** A failing command is shown and does not end the work: what an agent overlooks is what the gate is for. */
async function run(command: string, { stage, signal }: Performing): Promise<Outcome> {
  const { code, output } = await runShell(command, signal);
  const tail = code === 0 ? '' : `\nexit code ${code}`;
  stage.printBlock('Bash', command, output + tail, code === 0);
  return {};
}

/** Waits for what another agent does. Goes on after a while in any case, so that nobody waits for ever. */
async function until({ value }: StepOf<'until'>, given: Performing): Promise<Outcome> {
  const { stage, signal, speed } = given;
  const deadline = performance.now() + value['at-most'];
  let result: CommandResult;
  do {
    result = await runShell(value.run, signal);
    if (result.code === 0) break;
    await sleep(pollMs / speed, undefined, { signal });
  } while (performance.now() < deadline);
  stage.printBlock('Bash', value.run, result.output, result.code === 0);
  return {};
}

/** Commits everything; also ends a merge whose conflicts are resolved. Nothing to commit is no problem. */
async function commit(message: string, { stage, signal }: Performing): Promise<Outcome> {
  const git = (...args: string[]) => runCommand('git', args, signal);
  const added = await git('add', '--all');
  if (added.code !== 0) throw new StepProblem(`git add failed: ${added.output}`);
  const made = await git('commit', '--quiet', '--message', message);
  const { output } = made.code === 0 ? await git('log', '-1', '--stat', '--format=%h %s') : made;
  const isNothing = /nothing (?:added )?to commit|working tree clean/.test(output);
  stage.printBlock('Bash', `git commit -m "${message}"`, output, made.code === 0);
  if (made.code !== 0 && !isNothing) throw new StepProblem(`git commit failed: ${output}`);
  return {};
}

/** Says something through the `belfry` command, as every agent does. A refused claim is never repeated blindly. */
async function claim(step: ClaimStep, given: Performing): Promise<Outcome> {
  const { stage, memory, prompt, signal } = given;
  const args = claimArguments(step, prompt?.task ?? null);
  const { code, output } = await runCommand('belfry', args, signal);
  const words = args.map(arg => (/^[\w./-]+$/.test(arg) ? arg : JSON.stringify(arg)));
  const reason = output.trim() || `exit code ${code}`;
  stage.printBlock('Bash', ['belfry', ...words].join(' '), reason, code === 0);
  if (code === 0) {
    if (!endsWork(step) || prompt === null) return {};
    const finished = { ...memory.agent.finished, [prompt.message]: [step] };
    memory.updateAgent({ finished });
    return {};
  }
  if (step.name === 'done' && step.value['on-refused'] !== undefined)
    return { next: step.value['on-refused'] };
  if (step.name === 'done') throw new StepProblem(`belfry refused the claim: ${reason}`);
  return {};
}

/** Bytes that no footer stands in the way of, at the speed of whoever reads them. */
async function pour(pieces: Iterable<Buffer>, after: string, given: Performing): Promise<void> {
  const { stage, signal } = given;
  stage.freeze();
  for (const piece of pieces) {
    signal.throwIfAborted();
    if (!stage.page.writeRaw(piece)) await once(process.stdout, 'drain', { signal });
  }
  stage.page.writeRaw(Buffer.from(after));
  stage.setMood('working');
}
