import type { AskedQuestion, Sign, Signal, SignalSource } from '../../../ports/agent-cli.ts';
import { type JsonObject, objectOf, parseObject, textOf } from '../json-object.ts';
import { shortened } from '../screen-lines.ts';
import { asking, busy, over, sign, signal, surely } from '../signs.ts';
import { toolText } from '../tool-text.ts';
import { errorSign } from './error-sign.ts';

/**
 * No hook tells of an interruption, of a refused permission or of a full context, so what says that work
 * goes on counts only while it is fresh.
 */
const beganHoldsMs = 2_000;

/** A turn that fails at once has failed before its beginning is old. */
const atWork = [...busy, ...asking, 'failed', 'limited', 'exhausted'] as const;

const began = (says: string): Signal =>
  signal(sign('working', atWork, says, { holdsForMs: beganHoldsMs }));

/**
 * Reads what Claude Code gives to its hooks. `transcriptAt` makes the transcript a further source; it is
 * asked with a path that came from the CLI and may refuse it.
 */
export function createHookParser(
  transcriptAt: (path: string) => SignalSource | null,
): (line: string) => readonly Signal[] {
  let asked = 0;
  let prompts = 0;
  return line => {
    const hook = parseObject(line);
    if (hook === null) return tornSigns(line);
    if (hook['hook_event_name'] === 'UserPromptSubmit') prompts += 1;
    switch (hook['hook_event_name']) {
      case 'SessionStart': {
        const transcript = transcriptAt(textOf(hook['transcript_path']) ?? '');
        return transcript === null ? [] : [{ kind: 'follow', source: transcript }];
      }
      case 'UserPromptSubmit':
        return [{ kind: 'promptReceived' }, began('the prompt came in')];
      case 'PreToolUse':
      case 'PostToolUse':
      case 'PostToolUseFailure':
        return [began(`tool ${textOf(hook['tool_name']) ?? ''}`.trim())];
      case 'PreCompact':
        return [began('it compacts its context')];
      case 'PostCompact':
        // Done for the person it ends there; done in a turn, the turn goes on.
        return [signal(sign(null, [...atWork, 'idle'], 'its context is compacted'))];
      case 'PermissionRequest':
        asked += 1;
        return [signal(permissionSign(hook, asked))];
      case 'Stop': {
        // A prompt that came in during the turn may be the next one, of which no hook tells the beginning.
        const isQueued = prompts > 1;
        prompts = 0;
        return [signal(stopSign(hook, isQueued))];
      }
      case 'StopFailure':
        prompts = 0;
        return [signal(failureSign(hook))];
      case 'SessionEnd':
        return [signal(sign(null, ['exited', 'starting', ...over], 'the session ended'))];
      default:
        return [];
    }
  };
}

/** The question is kept for as long as other signs say that it stands. */
function permissionSign(hook: JsonObject, serial: number): Sign {
  const tool = textOf(hook['tool_name']) ?? 'a tool';
  const isQuestion = tool === 'AskUserQuestion';
  const kind = isQuestion ? 'question' : 'permission';
  const text = shortened(toolText(tool, objectOf(hook['tool_input'])));
  const question: AskedQuestion = { id: `${serial}`, kind, text };
  return sign(kind, [kind, ...busy, ...over], `it asks: ${text}`, { question });
}

/** Subagents in the background go on after the turn. The person may open a dialog. */
function stopSign(hook: JsonObject, isQueued = false): Sign {
  const tasks = hook['background_tasks'];
  if (Array.isArray(tasks) && tasks.length > 0)
    return sign(null, ['idle', 'question', ...busy], 'the turn ended, its background tasks go on');
  if (isQueued) return sign(null, ['idle', 'exhausted', ...busy, ...asking], 'a turn ended');
  return sign('idle', ['idle', 'exhausted', 'question'], 'the turn ended');
}

function failureSign(hook: JsonObject): Sign {
  const text = textOf(hook['last_assistant_message']) ?? textOf(hook['error']) ?? 'an error';
  const known = errorSign(text);
  if (known !== null) return known;
  const isPersons = /authentication|billing|permission/.test(textOf(hook['error']) ?? '');
  return surely('failed', shortened(text), isPersons ? { until: null } : {});
}

/** Hooks that ran at the same time, or a full disk, can leave a line that is no JSON. Its event can still be told. */
function tornSigns(line: string): readonly Signal[] {
  const name = [...line.matchAll(/"hook_event_name": ?"(\w+)"/g)].at(-1)?.[1];
  if (name === 'UserPromptSubmit') return [{ kind: 'promptReceived' }, began('the prompt came in')];
  return name === 'Stop' ? [signal(stopSign({}))] : [];
}
