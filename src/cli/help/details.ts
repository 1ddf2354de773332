type Row = readonly [what: string, meaning: string];

const json: Row = ['--json', 'the same for programs'];
const screenReader: Row = [
  '--screen-reader',
  'write what changes as plain lines instead of drawing a page',
];

/** What `belfry COMMAND --help` says beside usage and summary: the words that the usage has no room for. */
export const details: Readonly<Record<string, readonly Row[]>> = {
  run: [screenReader],
  watch: [screenReader],
  demo: [
    ['--fresh', 'begin a new demo; otherwise one that was left goes on'],
    ['--folder FOLDER', 'where the demo repository is, or is made'],
    ['--speed N', '2 is twice as fast, 0.5 half as fast'],
    screenReader,
  ],
  init: [
    ['--gate COMMAND', 'what must pass before work lands; otherwise one is looked for'],
    ['--engineers N', 'how many there are, 3 if it is left out'],
    ['--scenario FILE', 'a scripted team that plays this file, without a model'],
  ],
  status: [json],
  verify: [
    ['RANGE', 'commits as git names them; otherwise the whole trunk'],
    ['--root FINGERPRINT', 'of the root key, as it was printed when you trusted it'],
    ['--known HASH', 'of a receipt that you kept: it must be there still'],
    json,
  ],
  messages: [
    ['MEMBER', 'only what that one wrote or got'],
    ['--all', 'also what Belfry types itself: tasks, failures, handoffs'],
    json,
  ],
  explain: [
    ['AGENT', 'a member of the team that runs or ran here: eng-1'],
    ['--recording FILE', 'an asciicast instead: what would be told of it'],
    ['--cli NAME', 'the agent CLI that it shows, if its name does not say it'],
  ],
  lint: [json],
  record: [['--out FILE', 'otherwise T-12.cast in this folder; - is the standard output']],
  report: [
    ['--since WHEN', 'from then on: 90m, 12h or 7d ago, 2026-11-20, 2026-11-20T09:30'],
    ['--until WHEN', 'up to then, written the same way'],
    ['--tasks', 'task by task, too'],
    json,
  ],
  task: [
    ['add', 'for a new task:'],
    ['  --title TEXT', 'one line: what is to be different afterwards (needed)'],
    ['  --body TEXT', 'what an engineer must know'],
    ['  --body-file FILE', 'the same from a file; - reads the standard input'],
    ['  --file PATH', 'a path that it will change; once for each'],
    ['  --accept COMMAND', 'must succeed before it lands; once for each'],
    ['  --depends T-3', 'waits until that one has landed; once for each'],
    ['  --priority WORD', 'low, medium, high or critical'],
    ['  --estimate N', 'minutes that a person would need'],
    ['  --tag WORD', 'found on the page by / and #word; once for each'],
    ['  --budget AMOUNT', '$5 or “200k tokens”; once for each'],
    ['  --splits T-3', 'it is a part of that one (for the architect)'],
    ['batch', 'one task of several small ones: those named, or all'],
    ['list', 'every task of the board, by column; --json for programs'],
    ['show T-12', 'one task with all that its file says'],
  ],
  done: [
    ['--summary TEXT', 'what is different now, in a sentence'],
    ['--scope-reason TEXT', 'why files outside of the task had to change'],
  ],
  blocked: [['--why TEXT', 'what is in the way, and what would help']],
  note: [
    ['--to MEMBER', 'architect, manager or an engineer: eng-2'],
    ['--urgent', 'for the manager: cuts into the turn that is under way'],
  ],
  guide: [['--text TEXT', 'your advice to the engineer']],
  reassign: [
    ['--to MEMBER', 'an engineer; otherwise whoever is free'],
    ['--text TEXT', 'what the next one must know'],
  ],
  split: [
    ['--text TEXT', 'for the architect: where to cut'],
    ['--done', 'every part is on the board, each added with --splits'],
  ],
  drop: [['--why TEXT', 'why nobody is to work on it any more']],
  ask: [['--text TEXT', 'the question as the person reads it']],
};
