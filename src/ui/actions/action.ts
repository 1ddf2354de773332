import type { Agent } from '../../core/agent.ts';
import { refusal } from '../../core/decide/refusals.ts';
import type { Event } from '../../core/event.ts';
import type { Command } from '../../core/input.ts';
import type { State } from '../../core/state.ts';
import type { Task } from '../../core/task.ts';
import type { TeamFileChange } from '../../ports/team-file.ts';
import type { ReadOnly } from '../../ports/team-store.ts';
import type { KeyRow } from '../keymap/keymap.ts';
import type { Change, Field, FormPurpose, Intent, Ui } from '../model/model.ts';
import type { Need } from '../present/facts/need.ts';
import type { BoardOrder } from '../present/tasks.ts';

export type NeedsRoom = { readonly width: number; readonly height: number };

/** What a key press finds. Built afresh for every key, so that no action acts on an old picture. */
export type Situation = {
  readonly state: State;
  readonly ui: Ui;
  /** The keys as the person has them. */
  readonly keymap: readonly KeyRow[];
  /** Theirs that takes the keyboard back from an agent's terminal, as `keyNames` spells it. */
  readonly leaveKey: string;
  readonly needs: readonly Need[];
  readonly order: BoardOrder;
  /** What the focused panel is about; keys act on these. */
  readonly agent: Agent | null;
  readonly task: Task | null;
  readonly need: Need | null;
  /** The line of the needs-you list that has the mark, wherever the focus is. */
  readonly markedNeed: Need | null;
  /** The mark moved by itself a moment ago: a key pressed now was meant for another line. */
  readonly isMarkFresh: boolean;
  /** The agent whose terminal the detail panel would show. */
  readonly shownAgent: Agent | null;
  /** Somebody else's team: deeds are refused with this reason. */
  readonly readOnly: ReadOnly | null;
  /** How team.yaml differs from the one that counts. */
  readonly teamFile: TeamFileChange | null;
  /** When the key was pressed. */
  readonly time: number;
  /** Facts so far, newest last. */
  readonly events: readonly Event[];
  readonly hasTerminal: boolean;
  /** Rows that the detail panel can still scroll, and rows of one page of it. */
  readonly scrollMax: number;
  readonly pageRows: number;
  /** Columns of its text. */
  readonly columns: number;
  /** Of the list of needs as it is laid out; without bounds where needs are read out. */
  readonly needsRoom: NeedsRoom;
};

export type Action = {
  readonly title: string;
  /** Why it can do nothing here, for the person; null when it can. */
  readonly unavailable: (situation: Situation) => string | null;
  /** Pure: what is to happen, as data. Called only when available. */
  readonly run: (situation: Situation) => readonly Intent[];
};

export const always = (): null => null;

export const change = (uiChange: Change): Intent => ({ kind: 'ui', change: uiChange });

/** Refused commands are answered before they are sent wherever the state already tells. */
export const refused = (
  { state }: Situation,
  command: Command | null,
  missing: string,
): string | null => (command === null ? missing : refusal(state, command));

/** Opens an empty form, or the draft that was left of it. */
export const openForm = (title: string, purpose: FormPurpose, fields: readonly Field[]): Intent =>
  change({
    type: 'open',
    overlay: { kind: 'form', title, purpose, fields, index: 0, problem: null, isSending: false },
  });

/** A question; without intents something to read. */
export const ask = (title: string, text: readonly string[], intents: readonly Intent[]): Intent =>
  change({ type: 'open', overlay: { kind: 'confirm', title, text, isYes: false, intents } });
