import type { AgentId, TaskId } from '../../core/ids.ts';
import type { Command } from '../../core/input.ts';
import type { Priority } from '../../core/task.ts';
import type { Panel } from '../layout/arrange.ts';
import type { PaneCount } from '../layout/pane-rects.ts';
import type { ThemeName } from '../theme/theme.ts';
import type { TextField } from './text-field.ts';
import type { View } from './view.ts';

/** What is to happen outside the UI state, as data, so that actions stay pure and a confirmation can hold it. */
export type Intent =
  | { readonly kind: 'ui'; readonly change: Change }
  | { readonly kind: 'command'; readonly command: Command; readonly done: string }
  | { readonly kind: 'loadDiff'; readonly task: TaskId }
  | { readonly kind: 'submit' }
  | {
      readonly kind: 'setPriority';
      readonly task: TaskId;
      readonly priority: Priority;
      readonly before: Priority;
    }
  | { readonly kind: 'editTask'; readonly task: TaskId }
  /** Opens a file in the person's editor. */
  | { readonly kind: 'editFile'; readonly path: string }
  | { readonly kind: 'openShell'; readonly agent: AgentId }
  /** Goes to the next row of the shown terminal's past that holds the text looked for. */
  | { readonly kind: 'search'; readonly direction: 'older' | 'newer' }
  /** Puts what the detail panel shows on the person's clipboard. */
  | { readonly kind: 'copy' }
  /** Writes a choice into the person's settings, for every later start. */
  | { readonly kind: 'keep'; readonly choice: Choice }
  | { readonly kind: 'replay'; readonly ask: ReplayAsk }
  /** Has a changed team.yaml count. */
  | { readonly kind: 'applyTeamFile' }
  /** Takes what went wrong outside off the list. */
  | { readonly kind: 'noteConcern'; readonly key: string }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'redraw' }
  | { readonly kind: 'quit' };

export type Field = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly field: TextField;
};

/** What a filled form becomes. */
export type FormPurpose =
  | { readonly kind: 'task' }
  | { readonly kind: 'goal'; readonly to: AgentId }
  | { readonly kind: 'say'; readonly to: AgentId }
  | { readonly kind: 'guide'; readonly task: TaskId }
  | { readonly kind: 'escalate' | 'split'; readonly task: TaskId }
  | { readonly kind: 'replan'; readonly tasks: readonly TaskId[] }
  /** A review without a place. */
  | { readonly kind: 'sendBack'; readonly task: TaskId }
  /** About a row of the diff; `quote` is that row, clean. */
  | {
      readonly kind: 'comment';
      readonly to: AgentId;
      readonly task: TaskId;
      readonly place: string;
      readonly quote: string;
      /** The attempt waits to land: the comment sends it back. Otherwise it is a message. */
      readonly isReview: boolean;
    };

export type Option = {
  readonly label: string;
  /** Beside the label: a key, a state. */
  readonly note: string;
  /** Why it cannot be chosen; null when it can. */
  readonly reason: string | null;
  /** Stands above the first option of each group. */
  readonly group: string | null;
  /** The action's own name, as the settings spell it. */
  readonly name?: string;
  readonly intents: readonly Intent[];
};

/** What a filter narrows: the board, or the rows of timeline and messages. */
export type FilterPlace = 'board' | 'text';

/** What of the page's looks a person changes while it is open. */
export type Choice = { readonly theme?: ThemeName; readonly panes?: PaneCount };

/** What is asked of the terminal that is played back. Seconds and marks count from where it is. */
export type ReplayAsk =
  | { readonly type: 'open'; readonly agent: AgentId }
  | { readonly type: 'step'; readonly by: number }
  | { readonly type: 'mark'; readonly by: 1 | -1 }
  | { readonly type: 'ends'; readonly to: 'start' | 'end' }
  | { readonly type: 'play' };

/** A terminal that is played back in the detail panel. `at`, `seconds` and `marks` in seconds. */
export type ReplayOverlay = {
  readonly kind: 'replay';
  readonly agent: AgentId;
  readonly at: number;
  readonly seconds: number;
  /** When that was, in milliseconds since the Unix epoch. */
  readonly time: number;
  readonly isPlaying: boolean;
  /** The mark that was passed last. */
  readonly label: string;
  readonly marks: readonly number[];
};

export type Overlay =
  | ReplayOverlay
  /** A list to search: help, palette, or a choice. `options` are made when it is drawn for the first two. */
  | { readonly kind: 'help' | 'palette'; readonly query: TextField; readonly index: number }
  | {
      readonly kind: 'pick';
      readonly title: string;
      readonly query: TextField;
      readonly index: number;
      readonly options: readonly Option[];
    }
  | {
      /** Without intents there is nothing to answer, only to read. */
      readonly kind: 'confirm';
      readonly title: string;
      readonly text: readonly string[];
      readonly isYes: boolean;
      readonly intents: readonly Intent[];
    }
  | {
      readonly kind: 'form';
      readonly title: string;
      readonly purpose: FormPurpose;
      readonly fields: readonly Field[];
      readonly index: number;
      readonly problem: string | null;
      readonly isSending: boolean;
    }
  | { readonly kind: 'filter'; readonly of: FilterPlace; readonly query: TextField }
  | { readonly kind: 'search'; readonly query: TextField };

/** Forms that were left unsent, by title. */
export type Drafts = Readonly<
  Record<string, { readonly purpose: FormPurpose; readonly fields: readonly Field[] }>
>;

/** Everything about the page that is neither the team's state nor a terminal's cells. */
export type Ui = {
  readonly focus: Panel;
  /** The list that had the focus last: there Esc goes back to from a text. */
  readonly list: Panel;
  /** Null until the person chooses: then the first one counts as chosen. */
  readonly agent: AgentId | null;
  readonly task: TaskId | null;
  /** Key of the chosen line of the needs-you list. */
  readonly need: string | null;
  readonly view: View;
  /**
   * Diff, timeline and messages: the row that is selected. Terminal and gate: rows back from the bottom. Other
   * texts: rows down from the top.
   */
  readonly scroll: number;
  /** Tasks of a draft that are not to be accepted. */
  readonly excluded: readonly TaskId[];
  /** The timeline shows this task alone; null for the whole team. */
  readonly only: TaskId | null;
  readonly isZoomed: boolean;
  readonly theme: ThemeName;
  /** Those that can be chosen; one alone where the environment rules the others out. */
  readonly themes: readonly ThemeName[];
  /** Terminals shown at once. */
  readonly panes: PaneCount;
  /** Keys go to this agent's terminal. */
  readonly typingTo: AgentId | null;
  readonly filter: Readonly<Record<FilterPlace, string>>;
  /** What is looked for in a terminal's past. */
  readonly search: string;
  readonly overlay: Overlay | null;
  /** Answer to the last key, shown until the next one. */
  readonly notice: { readonly text: string; readonly tone: 'good' | 'warn' } | null;
  readonly diff: { readonly task: TaskId; readonly text: string | null } | null;
  /** Unsent forms by title: leaving one by accident loses nothing. */
  readonly drafts: Drafts;
  /** What takes the latest deed back, as long as that is allowed. */
  readonly undo: { readonly intents: readonly Intent[]; readonly until: number } | null;
  /** When the person was last here before their latest absence. */
  readonly lookedAt: number;
  readonly activeAt: number;
  readonly hasFocus: boolean;
};

export type Change =
  | { readonly type: 'focus'; readonly panel: Panel }
  | { readonly type: 'chooseAgent'; readonly agent: AgentId }
  | { readonly type: 'chooseTask'; readonly task: TaskId }
  | { readonly type: 'chooseNeed'; readonly need: string }
  | { readonly type: 'view'; readonly view: View }
  /** `rowsMax` bounds the scroll when it is known. */
  | { readonly type: 'scroll'; readonly by: number }
  | { readonly type: 'scrollTo'; readonly row: number }
  | { readonly type: 'exclude'; readonly task: TaskId; readonly isExcluded: boolean }
  | { readonly type: 'only'; readonly task: TaskId | null }
  | { readonly type: 'zoom'; readonly isZoomed: boolean }
  | { readonly type: 'panes'; readonly panes: PaneCount }
  | { readonly type: 'theme'; readonly theme: ThemeName }
  | { readonly type: 'type'; readonly to: AgentId | null }
  | { readonly type: 'filter'; readonly of: FilterPlace; readonly text: string }
  | { readonly type: 'search'; readonly text: string }
  | { readonly type: 'open'; readonly overlay: Overlay }
  | { readonly type: 'close' }
  | { readonly type: 'notice'; readonly text: string; readonly tone: 'good' | 'warn' }
  | { readonly type: 'undo'; readonly undo: Ui['undo'] }
  | { readonly type: 'diff'; readonly task: TaskId; readonly text: string | null }
  | { readonly type: 'formProblem'; readonly problem: string }
  | { readonly type: 'formSending' }
  | { readonly type: 'formDone'; readonly text: string }
  /** A key, whatever it means. Clears the notice. */
  | { readonly type: 'active'; readonly at: number }
  | { readonly type: 'terminalFocus'; readonly hasFocus: boolean; readonly at: number }
  | { readonly type: 'replay'; readonly overlay: ReplayOverlay }
  | { readonly type: 'overlay'; readonly change: OverlayChange };

export type OverlayChange =
  | { readonly type: 'edit'; readonly edit: import('./text-field.ts').Edit }
  | { readonly type: 'move'; readonly by: number; readonly count: number }
  | { readonly type: 'field'; readonly by: number }
  | { readonly type: 'answer'; readonly isYes: boolean };

/** How a person left the page's looks the last time. */
export type Looks = Pick<Ui, 'theme' | 'themes' | 'panes'>;

const plainLooks: Looks = { theme: 'color', themes: ['color'], panes: 1 };

export const initialUi = (at: number, looks = plainLooks): Ui => ({
  ...looks,
  focus: 'team',
  list: 'team',
  agent: null,
  task: null,
  need: null,
  view: 'terminal',
  scroll: 0,
  only: null,
  excluded: [],
  isZoomed: false,
  typingTo: null,
  filter: { board: '', text: '' },
  search: '',
  overlay: null,
  notice: null,
  diff: null,
  drafts: {},
  undo: null,
  lookedAt: at,
  activeAt: at,
  hasFocus: true,
});
