import type { Signal, SignalSource } from '../../../ports/agent-cli.ts';
import { type JsonObject, objectOf, parseObject, textOf } from '../json-object.ts';
import { ownCommandPattern } from '../own-commands.ts';
import { shortened } from '../screen-lines.ts';
import { asking, busy, over, sign, signal } from '../signs.ts';
import { toolText } from '../tool-text.ts';

/** An error ends a turn without any hook, so what says that work goes on counts only while it is fresh. */
const beganHoldsMs = 2_000;

/** A turn that fails at once has failed before its beginning is old. */
const atWork = [...busy, ...asking, 'failed', 'limited', 'exhausted'] as const;

const began = (says: string): Signal =>
  signal(sign('working', atWork, says, { holdsForMs: beganHoldsMs }));

const own = new RegExp(`^${ownCommandPattern}$`);
const asksForOwn = (input: JsonObject | null): boolean =>
  own.test(JSON.stringify(input?.['command']) ?? '');

/**
 * Reads what Codex gives to its hooks. The first of them, which comes with the first prompt, names the rollout
 * file; `rolloutAt` makes it a further source and may refuse it.
 */
export function createHookParser(
  rolloutAt: (path: string) => SignalSource | null,
): (line: string) => readonly Signal[] {
  let asked = 0;
  return line => {
    const hook = parseObject(line);
    if (hook === null) return [];
    switch (hook['hook_event_name']) {
      case 'SessionStart': {
        const rollout = rolloutAt(textOf(hook['transcript_path']) ?? '');
        return rollout === null ? [] : [{ kind: 'follow', source: rollout }];
      }
      case 'UserPromptSubmit':
        return [{ kind: 'promptReceived' }, began('the prompt came in')];
      case 'PreToolUse':
      case 'PostToolUse':
        return [began(`tool ${textOf(hook['tool_name']) ?? ''}`.trim())];
      case 'PermissionRequest': {
        const tool = textOf(hook['tool_name']) ?? 'a tool';
        // Its hook has said yes to that. Where it could not, the screen tells.
        if (tool === 'Bash' && asksForOwn(objectOf(hook['tool_input'])))
          return [began(`tool ${tool}`)];
        asked += 1;
        const text = shortened(toolText(tool, objectOf(hook['tool_input'])));
        const question = { id: `${asked}`, kind: 'permission', text } as const;
        const allowed = ['permission', ...busy, ...over] as const;
        return [signal(sign('permission', allowed, `it asks: ${text}`, { question }))];
      }
      case 'Interrupt':
      case 'Stop':
        // The person may open a dialog.
        return [signal(sign('idle', [...over, 'question'], 'the turn ended'))];
      default:
        return [];
    }
  };
}
