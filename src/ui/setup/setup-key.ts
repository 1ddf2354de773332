import type { Role } from '../../core/agent.ts';
import { engineersMax } from '../../core/limits.ts';
import { editFor } from '../keymap/overlay-keys.ts';
import { edit } from '../model/text-field.ts';
import type { Target } from '../present/line.ts';
import {
  cliOf,
  gateField,
  type Setup,
  type SetupFacts,
  type SetupRow,
  scriptedCli,
  setupRows,
} from './setup.ts';

export type SetupAnswer = {
  readonly setup: Setup;
  readonly ask: 'start' | 'leave' | 'look' | null;
};

/** What a key of the set-up does. Pure. */
export function setupKey(setup: Setup, facts: SetupFacts, key: string): SetupAnswer {
  if (key === 'ctrl+c') return { setup, ask: 'leave' };
  if (setup.isStarting) return stay(setup);
  if (setup.isEditing) return stay(editedGate(setup, facts, key));
  switch (key) {
    case 'q':
      return { setup, ask: 'leave' };
    case 'r':
      return { setup, ask: 'look' };
    case 'enter':
      return start(setup, facts);
    case 'e':
      return stay({ ...setup, row: 'gate', isEditing: true, problem: null });
    case '+':
    case '-':
      return stay(withEngineers({ ...setup, row: 'engineers' }, key === '+' ? 1 : -1));
    default:
      return stay(moved(setup, facts, key));
  }
}

/** What a click does: a row is chosen, what has a key does what the key does. Pure. */
export function setupClick(setup: Setup, facts: SetupFacts, target: Target | null): SetupAnswer {
  if (target?.kind === 'key') return setupKey(setup, facts, target.key);
  const row = target?.kind === 'row' ? setupRows[target.row] : undefined;
  if (row === undefined || setup.isStarting) return stay(setup);
  if (row !== setup.row) return stay({ ...setup, row, isEditing: false });
  // What is chosen already is opened by a second click, as everywhere.
  return row === 'gate' && !setup.isEditing ? setupKey(setup, facts, 'e') : stay(setup);
}

const stay = (setup: Setup): SetupAnswer => ({ setup, ask: null });

/** Without a test command nothing could ever land, so that is asked for first. */
function start(setup: Setup, facts: SetupFacts): SetupAnswer {
  if (gateField(setup, facts).text.trim() !== '')
    return { setup: { ...setup, problem: null, isStarting: true }, ask: 'start' };
  const problem = 'Type the command that runs the tests: nothing lands without it.';
  return stay({ ...setup, row: 'gate', isEditing: true, problem });
}

function editedGate(setup: Setup, facts: SetupFacts, key: string): Setup {
  if (key === 'esc') return { ...setup, isEditing: false, gate: null, problem: null };
  if (key === 'enter' || key === 'tab' || key === 'down')
    return { ...setup, isEditing: false, row: key === 'enter' ? 'gate' : 'architect' };
  const change = editFor(key);
  return change === null
    ? setup
    : { ...setup, gate: edit(gateField(setup, facts), change), problem: null };
}

/** Text that was pasted goes where text is being typed, and nowhere else. */
export function setupPaste(setup: Setup, facts: SetupFacts, text: string): Setup {
  if (!setup.isEditing) return setup;
  return { ...setup, gate: edit(gateField(setup, facts), { kind: 'insert', text }), problem: null };
}

const steps: Readonly<Record<string, readonly [rows: number, values: number]>> = {
  up: [-1, 0],
  k: [-1, 0],
  'shift+tab': [-1, 0],
  down: [1, 0],
  j: [1, 0],
  tab: [1, 0],
  left: [0, -1],
  h: [0, -1],
  right: [0, 1],
  l: [0, 1],
};

function moved(setup: Setup, facts: SetupFacts, key: string): Setup {
  const [rows, values] = steps[key] ?? [0, 0];
  if (values !== 0) return withNextValue(setup, facts, values);
  const at = setupRows.indexOf(setup.row) + rows;
  return { ...setup, row: setupRows[Math.min(setupRows.length - 1, Math.max(0, at))] as SetupRow };
}

function withNextValue(setup: Setup, facts: SetupFacts, by: number): Setup {
  if (setup.row === 'gate') return setup;
  if (setup.row === 'engineers') return withEngineers(setup, by);
  const role: Role = setup.row;
  const names = [...new Set([...facts.offered.map(one => one.name), scriptedCli])];
  const at = names.indexOf(cliOf(setup, facts, role));
  const next = names[(at + by + names.length) % names.length] as string;
  return { ...setup, clis: { ...setup.clis, [role]: next }, problem: null };
}

const withEngineers = (setup: Setup, by: number): Setup => ({
  ...setup,
  engineers: Math.min(engineersMax, Math.max(1, setup.engineers + by)),
});
