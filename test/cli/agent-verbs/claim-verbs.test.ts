import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runBlocked, runDone } from '../../../src/cli/agent-verbs/claim-verbs.ts';
import { openWorktree } from './worktree.ts';

const opened: ReturnType<typeof openWorktree>[] = [];
const open = (files?: readonly string[]) => {
  const worktree = openWorktree(files);
  opened.push(worktree);
  return worktree;
};
afterEach(() => {
  for (const worktree of opened.splice(0)) worktree.remove();
});

const unanswered = 'recorded: Belfry does not answer at the moment and reads it later\n';

async function claim(worktree: ReturnType<typeof openWorktree>, ...more: string[]) {
  const io = worktree.io();
  const code = await runDone(['--summary', 'did it', ...more], io, 0);
  return { code, out: io.out.join(''), err: io.err.join('') };
}

describe('belfry done', () => {
  it('records a claim with the commit it is about', async () => {
    const worktree = open();
    const head = worktree.commit('src/a.ts');
    expect(await claim(worktree)).toEqual({ code: 0, err: '', out: unanswered });
    expect(worktree.mails()).toEqual([
      { kind: 'done', task: 'T-12', attempt: 2, head, summary: 'did it' },
    ]);
  });

  const refusals: readonly (readonly [
    string,
    (w: ReturnType<typeof openWorktree>) => void,
    string,
  ])[] = [
    ['nothing is committed', () => {}, 'nothing is committed'],
    [
      'a change is not committed',
      w => {
        w.commit('src/a.ts');
        w.write('src/a.ts', 'more');
      },
      '  src/a.ts',
    ],
    [
      'a new file is not committed',
      w => {
        w.commit('src/a.ts');
        w.write('notes ü.txt', '');
      },
      '  notes ü.txt',
    ],
    [
      'a file is only staged',
      w => {
        w.commit('src/a.ts');
        w.write('b.ts', '');
        w.git('add', 'b.ts');
      },
      '  b.ts',
    ],
    [
      'the branch is another one',
      w => {
        w.commit('src/a.ts');
        w.git('switch', '--quiet', '--create', 'mine');
      },
      'you are on the branch mine; the work belongs on belfry/t-12: git switch belfry/t-12',
    ],
    [
      'there is no branch',
      w => {
        w.commit('src/a.ts');
        w.git('switch', '--quiet', '--detach');
      },
      'you are on no branch',
    ],
    [
      'a merge is not concluded',
      w => {
        w.git('switch', '--quiet', 'main');
        w.commit('m.ts');
        w.git('switch', '--quiet', 'belfry/t-12');
        w.commit('src/a.ts');
        w.git('merge', '--no-commit', '--no-ff', '--strategy=ours', 'main');
      },
      'a merge is not finished',
    ],
  ];
  it.each(refusals)('is refused when %s', async (_what, prepare, reason) => {
    const worktree = open();
    prepare(worktree);
    const { code, out, err } = await claim(worktree);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^refused: /);
    expect(err).toContain(reason);
    expect(worktree.mails()).toEqual([]);
  });

  it('takes ignored files and its own folder for clean', async () => {
    const worktree = open();
    worktree.commit('.gitignore', 'build/\n');
    worktree.write('build/out.js', '');
    worktree.write('.belfry/answers/1.json', '{}');
    expect((await claim(worktree)).code).toBe(0);
  });

  it('asks for a reason when files of no concern were changed, and passes it on', async () => {
    const worktree = open(['src/queue/**', 'test']);
    worktree.commit('src/queue/a.ts');
    worktree.commit('test/a.test.ts');
    expect((await claim(worktree)).code).toBe(0);
    worktree.commit('src/index.ts');
    const { code, err } = await claim(worktree);
    expect(code).toBe(1);
    expect(err).toContain('  src/index.ts');
    expect(err).not.toContain('a.test.ts');
    expect(err).toContain('--scope-reason');
    expect((await claim(worktree, '--scope-reason', 'it exports it')).code).toBe(0);
    expect(worktree.mails().at(-1)).toMatchObject({
      summary: 'did it\nOutside the files of the task, because it exports it\n  src/index.ts',
    });
  });

  it('does not count what came in from the trunk', async () => {
    const worktree = open(['src']);
    worktree.commit('src/a.ts');
    worktree.git('switch', '--quiet', 'main');
    const trunk = worktree.commit('other.ts');
    worktree.git('switch', '--quiet', 'belfry/t-12');
    worktree.git('merge', '--quiet', '--no-edit', 'main');
    worktree.write(
      '.belfry/assignment.json',
      JSON.stringify({
        ...{
          agent: 'eng-1',
          task: 'T-12',
          attempt: 3,
          branch: 'belfry/t-12',
          base: trunk,
          files: ['src'],
        },
      }),
    );
    expect((await claim(worktree)).code).toBe(0);
  });

  it('needs a task, an engineer and words', async () => {
    const worktree = open();
    worktree.commit('src/a.ts');
    await expect(runDone(['--summary', ' '], worktree.io())).rejects.toThrow('says nothing');
    const long = ['--summary', 'x'.repeat(16_001)];
    await expect(runDone(long, worktree.io())).rejects.toThrow('has 16001 characters');
    await expect(runDone([], worktree.io())).rejects.toThrow('--summary is missing');
    const manager = worktree.io('manager', 'manager');
    await expect(runDone(['--summary', 'x'], manager)).rejects.toThrow('you are the manager');
    const other = worktree.io('engineer', 'eng-2');
    await expect(runDone(['--summary', 'x'], other)).rejects.toThrow('you hold no task');
    const nobody = { ...worktree.io(), env: {} };
    await expect(runDone(['--summary', 'x'], nobody)).rejects.toThrow('for the agents');
    rmSync(join(worktree.path, '.belfry', 'assignment.json'));
    await expect(runDone(['--summary', 'x'], worktree.io())).rejects.toThrow('you hold no task');
    expect(worktree.mails()).toEqual([]);
  });
});

it('belfry blocked records why, whatever state the work is in', async () => {
  const worktree = open();
  worktree.write('dirty.ts', '');
  const io = worktree.io();
  expect(await runBlocked(['--why', 'no key'], io, 0)).toBe(0);
  expect(io.out.join('')).toBe(unanswered);
  expect(worktree.mails()).toEqual([{ kind: 'blocked', task: 'T-12', attempt: 2, why: 'no key' }]);
});
