import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentStatus } from '../../core/agent.ts';

/** One line of the signal file: what the hooks of a real agent CLI would say. */
export type ScriptedSignal =
  | { readonly kind: 'status'; readonly status: AgentStatus; readonly reason: string }
  | {
      readonly kind: 'question';
      readonly id: string;
      readonly about: 'permission';
      readonly text: string;
    }
  | { readonly kind: 'promptReceived'; readonly message: string | null }
  | {
      readonly kind: 'usage';
      readonly contextUsed: number;
      readonly costUsd: number;
      readonly tokens: number | null;
    };

export type SendSignal = (signal: ScriptedSignal) => void;

export const signalFileOf = (home: string, session: string) =>
  join(home, `signals-${session}.jsonl`);

/** Appends whole lines. A disk that refuses must not end the agent: its title still tells its state. */
export function openSignalFile(path: string): SendSignal {
  return signal => {
    try {
      appendFileSync(path, `${JSON.stringify(signal)}\n`, { mode: 0o600 });
    } catch {}
  };
}
