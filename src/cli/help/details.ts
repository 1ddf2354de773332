type Row = readonly [what: string, meaning: string];

/** What `belfry COMMAND --help` says beside usage and summary: the words that the usage has no room for. */
export const details: Readonly<Record<string, readonly Row[]>> = {
  demo: [
    ['--fresh', 'begin a new demo; otherwise one that was left goes on'],
    ['--folder FOLDER', 'where the demo repository is, or is made'],
    ['--speed N', '2 is twice as fast, 0.5 half as fast'],
    ['--screen-reader', 'write what changes as plain lines instead of drawing a page'],
  ],
  init: [
    ['--gate COMMAND', 'what must pass before work lands; otherwise one is looked for'],
    ['--engineers N', 'how many there are, 3 if it is left out'],
    ['--scenario FILE', 'a scripted team that plays this file, without a model'],
  ],
  report: [
    ['--since WHEN', 'from then on: 90m, 12h or 7d ago, 2026-11-20, 2026-11-20T09:30'],
    ['--until WHEN', 'up to then, written the same way'],
    ['--tasks', 'task by task, too'],
    ['--json', 'the same for programs'],
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
};
