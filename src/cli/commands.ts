import type { CommandRun } from './io.ts';

export type Command = {
  /** Who types it: shown under their heading in `belfry help`. */
  readonly for: 'person' | 'agent' | 'belfry';
  readonly usage: string;
  readonly summary: string;
  /** Loaded only when it runs: a first frame must not wait for what other commands need. */
  load(): Promise<CommandRun>;
};

const verb =
  (name: 'done' | 'blocked' | 'note' | 'guide' | 'reassign' | 'split' | 'drop' | 'ask') => () =>
    import('./agent-verbs/run-verb.ts').then(module => module.runVerb(name));

export const commands: Readonly<Record<string, Command>> = {
  run: {
    for: 'person',
    usage: 'belfry [run] [FOLDER] [--screen-reader]',
    summary: 'open the page on the repository of this folder and let its team work',
    load: () => import('./run-command.ts').then(module => module.runTeamCommand),
  },
  demo: {
    for: 'person',
    usage: 'belfry demo [--fresh] [--folder FOLDER] [--speed N] [--screen-reader]',
    summary:
      'open the page on a demo repository with a scripted team: no keys, no accounts, no network',
    load: () => import('./demo/demo-command.ts').then(module => module.runDemoCommand),
  },
  init: {
    for: 'person',
    usage: 'belfry init [--gate COMMAND] [--engineers N] [--scenario FILE]',
    summary: 'write .belfry/team.yaml with a guessed gate, and the folder for tasks',
    load: () => import('./team-file/init-command.ts').then(module => module.runInitCommand),
  },
  watch: {
    for: 'person',
    usage: 'belfry watch [FOLDER] [--screen-reader]',
    summary: 'open the page read-only, beside the Belfry that has the team, or after it',
    load: () => import('./onlooker/watch-command.ts').then(module => module.runWatchCommand),
  },
  status: {
    for: 'person',
    usage: 'belfry status [--json]',
    summary:
      'print what needs you and where the team stands; needs no terminal and no running Belfry',
    load: () => import('./status-command.ts').then(module => module.runStatusCommand),
  },
  verify: {
    for: 'person',
    usage: 'belfry verify [--json] [--root FINGERPRINT] [--known HASH] [RANGE or commits]',
    summary:
      'prove by receipts that what Belfry landed had passed the gate (exit code 0), or say what is broken (1) or not proven (3)',
    load: () => import('./receipts/verify-command.ts').then(module => module.runVerifyCommand),
  },
  report: {
    for: 'person',
    usage: 'belfry report [--since WHEN] [--until WHEN] [--tasks] [--json]',
    summary:
      'print what the team did, what it took and what came of it, each figure with how it was measured',
    load: () => import('./report/report-command.ts').then(module => module.runReportCommand),
  },
  messages: {
    for: 'person',
    usage: 'belfry messages [MEMBER] [--all] [--json]',
    summary: 'print every message since the first start, also those that the page keeps no more',
    load: () => import('./messages-command.ts').then(module => module.runMessagesCommand),
  },
  doctor: {
    for: 'person',
    usage: 'belfry doctor',
    summary:
      'look for git, agent CLIs, their versions and logins, and say how to mend what is missing',
    load: () => import('./agent-clis/doctor-command.ts').then(module => module.runDoctorCommand),
  },
  explain: {
    for: 'person',
    usage: 'belfry explain AGENT | --recording FILE [--cli NAME]',
    summary: 'say which signal decided the status of an agent, and what each signal said',
    load: () => import('./agent-clis/explain-command.ts').then(module => module.runExplainCommand),
  },
  task: {
    for: 'person',
    usage: 'belfry task add --title TEXT … | batch [T-3 T-7 …] | list [--json] | show T-12',
    summary: 'add, list or show tasks of the board, or make one of several small ones',
    load: () => import('./task-command.ts').then(module => module.runTaskCommand),
  },
  lint: {
    for: 'person',
    usage: 'belfry lint [--json]',
    summary: 'say what is wrong with the plan on the board, and what would pass',
    load: () => import('./plan/lint-command.ts').then(module => module.runLintCommand),
  },
  why: {
    for: 'person',
    usage: 'belfry why T-12',
    summary: 'say why a task waits, or went where it went',
    load: () => import('./plan/why-command.ts').then(module => module.runWhyCommand),
  },
  checkout: {
    for: 'person',
    usage: 'belfry checkout T-12',
    summary: 'bring the branch of a task into your repository, without switching to it',
    load: () => import('./checkout-command.ts').then(module => module.runCheckoutCommand),
  },
  record: {
    for: 'person',
    usage: 'belfry record T-12 [--out FILE]',
    summary: 'write what the terminals showed during all attempts of a task, as an asciicast',
    load: () => import('./record-command.ts').then(module => module.runRecordCommand),
  },
  done: {
    for: 'agent',
    usage: 'belfry done --summary TEXT [--scope-reason TEXT]',
    summary: 'claim that the task is done and committed; the gate decides',
    load: verb('done'),
  },
  blocked: {
    for: 'agent',
    usage: 'belfry blocked --why TEXT',
    summary: 'say that you cannot go on, and what you need',
    load: verb('blocked'),
  },
  note: {
    for: 'agent',
    usage: 'belfry note --to MEMBER [--urgent] TEXT',
    summary: 'write to another member of the team; manager: interrupt its turn for it',
    load: verb('note'),
  },
  guide: {
    for: 'agent',
    usage: 'belfry guide T-12 --text TEXT',
    summary: 'manager: let the same engineer try again with your advice',
    load: verb('guide'),
  },
  reassign: {
    for: 'agent',
    usage: 'belfry reassign T-12 [--to MEMBER] [--text TEXT]',
    summary: 'manager: give the task to another engineer',
    load: verb('reassign'),
  },
  split: {
    for: 'agent',
    usage: 'belfry split T-12 --text TEXT | --done',
    summary: 'manager: let the architect make several tasks of it; architect: every part is added',
    load: verb('split'),
  },
  drop: {
    for: 'agent',
    usage: 'belfry drop T-12 --why TEXT',
    summary: 'manager: give the task up',
    load: verb('drop'),
  },
  ask: {
    for: 'agent',
    usage: 'belfry ask T-12 --text TEXT',
    summary: 'manager: pass the question on to the person',
    load: verb('ask'),
  },
  'scripted-agent': {
    for: 'belfry',
    usage: 'belfry scripted-agent --scenario FILE …',
    summary: 'the agent CLI that plays a scenario; started by Belfry in a PTY',
    load: () => import('./scripted-agent/run-scripted-agent.ts').then(m => m.runScriptedAgent),
  },
};
