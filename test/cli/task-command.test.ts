import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createBoardFiles } from '../../src/adapters/board/board-files.ts';
import { openRepository } from '../../src/adapters/git/open-repository.ts';
import { runTaskCommand } from '../../src/cli/task-command.ts';
import { gitIn } from '../adapters/git/temporary-team.ts';
import { recordedIo } from './agent-verbs/worktree.ts';

let root = '';
let tasks = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'belfry-')));
  tasks = join(root, '.belfry', 'tasks');
  mkdirSync(join(root, '.git'));
  mkdirSync(join(root, 'src', 'deep'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function task(args: readonly string[], cwd = root) {
  const io = recordedIo(cwd);
  const code = await runTaskCommand(args, io);
  return { code, out: io.out.join(''), err: io.err.join('') };
}

it('adds a task from anywhere in the repository, as a wish to have it done', async () => {
  const args = ['add', '--title', 'Mend: the "queue"', '--body', 'Text', '--accept', 'npm test'];
  expect(await task(args, join(root, 'src', 'deep'))).toEqual({
    ...{
      code: 0,
      err: expect.stringContaining('no-scope'),
      out: 'T-1 ../../.belfry/tasks/T-1-mend-the-queue.md\n',
    },
  });
  expect(readFileSync(join(tasks, 'T-1-mend-the-queue.md'), 'utf8')).toMatch(/^---\nid: T-1\n/);
  const { tasks: read } = await createBoardFiles({ folder: tasks, record: null }).read();
  expect(read[0]).toMatchObject({ task: 'T-1', by: 'person', wish: 'ready' });
  expect(read[0]?.content.title).toBe('Mend: the "queue"');
});

it('lists tasks by column, and broken files with their place', async () => {
  await task(['add', '--title', 'one']);
  await task(['add', '--title', 'two', '--priority', 'high']);
  const board = createBoardFiles({ folder: tasks, record: null });
  await board.writeStatus((await board.read()).tasks[0]?.task ?? ('T-1' as never), 'done');
  writeFileSync(join(tasks, 'T-9.md'), '---\nid: T-9\nstatus: odd\u001b[2J\ntitle: x\n---\n');
  const { code, out, err } = await task(['list']);
  expect(code).toBe(0);
  expect(out).toBe('T-2     ready    high      two\n' + 'T-1     done     medium    one\n');
  expect(err).toMatch(/^\.belfry\/tasks\/T-9\.md:3: /);
  expect(err).not.toContain('\u001b');
});

it('lists as JSON', async () => {
  await task(['add', '--title', 'one', '--estimate', '20', '--tag', 'a']);
  for (const args of [['list', '--json'], ['--json']]) {
    const { out } = await task(args);
    expect(JSON.parse(out)).toEqual({
      tasks: [
        expect.objectContaining({
          ...{ id: 'T-1', column: 'ready', title: 'one', estimateMinutes: 20, tags: ['a'] },
          ...{ addedBy: 'person', path: '.belfry/tasks/T-1-one.md' },
        }),
      ],
      broken: [],
    });
  }
});

it('shows one task, safe to print', async () => {
  mkdirSync(tasks, { recursive: true });
  writeFileSync(join(tasks, 'T-7.md'), '---\nid: T-7\ntitle: seven\n---\n');
  await task(['add', '--title', 'one', '--body', 'a\u001b]0;x\u0007b', '--depends', '7']);
  const { out } = await task(['show', '8']);
  expect(out).toContain('T-8  one\n');
  expect(out).toContain('waits for T-7\n');
  expect(out).toContain('\n\nab\n');
  await expect(task(['show', 'T-5'])).rejects.toThrow('there is no T-5');
});

it('says what is wrong', async () => {
  await expect(task(['shwo', 'T-1'])).rejects.toThrow('Did you mean “show”?');
  await expect(task(['constructor'])).rejects.toThrow('There are add, batch, list and show');
  await expect(task(['add', '--title', 'x', '--file', '../etc'])).rejects.toThrow('stay inside');
  await expect(task(['list'], tmpdir())).rejects.toThrow('git init');
  expect((await task(['list'])).out).toContain('There are no tasks yet');
  expect(readdirSync(root)).not.toContain('.belfry');
});

it.each([
  ['a bare repository', ['init', '--quiet', '--bare'], 'is a bare repository. Clone it'],
  ['no repository', ['--version'], 'is no git repository. “git init” makes one'],
] as const)('in %s says what every other command says', async (_name, git, words) => {
  const folder = join(root, 'inside', 'it');
  rmSync(join(root, '.git'), { recursive: true });
  mkdirSync(folder, { recursive: true });
  gitIn(join(root, 'inside'), ...git);
  for (const cwd of [folder, join(root, 'inside')]) {
    const opened = await openRepository(cwd);
    expect(opened).toMatchObject({ ok: false, message: expect.stringContaining(words) });
    const refused = await task(['list'], cwd).catch((error: Error) => error.message);
    expect(refused).toBe(opened.ok || opened.message);
  }
});
