import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { mailFolderOf } from '../../../src/adapters/mailbox/mail-folder.ts';
import { awaitAnswer, postMail, readAssignment } from '../../../src/adapters/mailbox/post-mail.ts';
import type { Oid, TaskId } from '../../../src/core/ids.ts';
import type { Mail } from '../../../src/ports/mailbox.ts';
import { eng1, note } from '../../contract/mailbox.ts';
import { temporaryMailbox } from './temporary-mailbox.ts';

const accepted = { isAccepted: true, text: 'ok' };
const opened: ReturnType<typeof temporaryMailbox>[] = [];

async function openBox() {
  const box = temporaryMailbox();
  opened.push(box);
  const worktree = box.worktreeOf(eng1);
  const seen: Mail[] = [];
  box.mailbox.onMail(async (_agent, mail) => {
    seen.push(mail);
    return accepted;
  });
  await box.mailbox.open(eng1, worktree);
  return { ...box, worktree, seen, ...mailFolderOf(worktree) };
}

afterEach(async () => {
  for (const box of opened.splice(0)) {
    await box.mailbox.close();
    await box.remove();
  }
});

describe('mail that is none', () => {
  const bad: readonly (readonly [string, string, string])[] = [
    ['no JSON', 'hello', 'not JSON'],
    ['no mail', '[]', ''],
    ['an unknown kind', '{"kind":"land"}', 'kind'],
    ['a path as task', '{"kind":"drop","task":"../../x","why":"y"}', 'must be a task'],
    ['an option as task', '{"kind":"drop","task":"-x","why":"y"}', 'must be a task'],
    ['an unknown member', '{"kind":"note","to":"root","text":"y"}', ''],
    ['no words', '{"kind":"ask","task":"T-1","text":"  "}', 'must not be empty'],
    ['one key more', '{"kind":"ask","task":"T-1","text":"x","__proto__":1,"by":"person"}', ''],
    [
      'a branch as head',
      '{"kind":"done","task":"T-1","attempt":1,"head":"main","summary":"x"}',
      'commit',
    ],
    ['too much', JSON.stringify({ kind: 'ask', task: 'T-1', text: 'x'.repeat(70_000) }), '64 kB'],
  ];
  it.each(bad)('%s is answered with the reason and set aside', async (_what, text, reason) => {
    const { worktree, outbox, seen } = await openBox();
    writeFileSync(join(outbox, '1-a.json'), text);
    const answer = await awaitAnswer(worktree, '1-a.json', 10_000);
    expect(answer?.isAccepted).toBe(false);
    expect(answer?.text).toContain(reason);
    expect(readdirSync(outbox)).toEqual(['1-a.json.refused']);
    expect(seen).toEqual([]);
  });

  it('a link is not followed, a folder not read, and the mail behind them arrives', async () => {
    const { worktree, outbox, seen, post } = await openBox();
    const secret = join(worktree, 'secret.json');
    writeFileSync(secret, JSON.stringify(note('secret')));
    symlinkSync(secret, join(outbox, '1-link.json'));
    mkdirSync(join(outbox, '2-folder.json'));
    expect(await post(eng1, note('real'))).toEqual(accepted);
    expect(seen).toEqual([note('real')]);
    expect(existsSync(secret)).toBe(true);
    // Mail is removed after its answer was written.
    await vi.waitFor(
      () =>
        expect(readdirSync(outbox).sort()).toEqual([
          '1-link.json.refused',
          '2-folder.json.refused',
        ]),
      10_000,
    );
  });

  it('drafts and other names are left alone', async () => {
    const { outbox, post } = await openBox();
    for (const name of ['.1.json.tmp', 'notes.txt', '-rf.json', 'a b.json'])
      writeFileSync(join(outbox, name), '{}');
    await post(eng1, note('x'));
    await vi.waitFor(() => expect(readdirSync(outbox)).toHaveLength(4), 10_000);
  });

  it('only the newest refused mail is kept', async () => {
    const { worktree, outbox } = await openBox();
    for (let n = 100; n < 130; n += 1) writeFileSync(join(outbox, `${n}.json`), 'x');
    await awaitAnswer(worktree, '129.json', 10_000);
    await vi.waitFor(() => expect(readdirSync(outbox)).toHaveLength(20), 10_000);
    expect(readdirSync(outbox)).toContain('129.json.refused');
  });
});

describe('what happens to folders', () => {
  it('a worktree that vanishes and comes back is listened to again, its assignment restored', async () => {
    const { worktree, mailbox, seen, post } = await openBox();
    const base = 'b'.repeat(40) as Oid;
    await mailbox.writeAssignment(eng1, {
      ...{ agent: eng1, task: 'T-1' as TaskId, attempt: 1, branch: 'b', base, files: [] },
    });
    await post(eng1, note('before'));
    rmSync(worktree, { recursive: true });
    mkdirSync(worktree);
    await post(eng1, note('after'));
    expect(seen).toEqual([note('before'), note('after')]);
    await vi.waitFor(() => expect(readAssignment(worktree)?.task).toBe('T-1'), 10_000);
  });

  it('an outbox that became a link is not touched', async () => {
    const { worktree, outbox, seen, mailbox } = await openBox();
    const elsewhere = join(worktree, 'elsewhere');
    renameSync(outbox, elsewhere);
    symlinkSync(elsewhere, outbox);
    const name = postMail(worktree, note('x'), 5);
    expect(await awaitAnswer(worktree, name, 1_500)).toBeNull();
    expect(readdirSync(elsewhere)).toEqual([name]);
    expect(seen).toEqual([]);
    await expect(mailbox.open(eng1, worktree)).rejects.toThrow('not a link');
  });

  it.each(['the worktree', 'its folder for mail'])(
    'nothing is made behind a link in the place of %s',
    async what => {
      const { worktree, mailbox } = await openBox();
      const place = what === 'the worktree' ? worktree : join(worktree, '.belfry');
      const elsewhere = `${worktree}-elsewhere`;
      rmSync(place, { recursive: true });
      mkdirSync(elsewhere);
      symlinkSync(elsewhere, place);
      const given = { agent: eng1, task: 'T-1' as TaskId, attempt: 1, branch: 'belfry/t-1' };
      const assignment = { ...given, base: 'a'.repeat(40) as Oid, files: [] };
      await expect(mailbox.writeAssignment(eng1, assignment)).rejects.toThrow('not a link');
      await expect(mailbox.open(eng1, worktree)).rejects.toThrow('not a link');
      expect(readdirSync(elsewhere)).toEqual([]);
      rmSync(elsewhere, { recursive: true });
    },
  );

  it('mail whose listener threw stays until somebody takes it', async () => {
    const box = temporaryMailbox();
    opened.push(box);
    const worktree = box.worktreeOf(eng1);
    let isUp = false;
    const names: string[] = [];
    box.mailbox.onMail(async (_agent, _mail, name) => {
      names.push(name);
      if (!isUp) throw new Error('the journal is closed');
      return accepted;
    });
    await box.mailbox.open(eng1, worktree);
    const answer = box.post(eng1, note('x'));
    await vi.waitFor(() => expect(box.logged.join()).toContain('the journal is closed'), 10_000);
    expect(readdirSync(mailFolderOf(worktree).outbox)).toHaveLength(1);
    const [file] = readdirSync(mailFolderOf(worktree).outbox);
    isUp = true;
    expect(await answer).toEqual(accepted);
    expect(names.length).toBeGreaterThan(1);
    expect(new Set(names)).toEqual(new Set([file]));
  });

  it('mail that was answered before a crash is not handed on again', async () => {
    const { worktree, outbox, answers, seen, post } = await openBox();
    writeFileSync(join(answers, '1-a.json'), JSON.stringify(accepted));
    writeFileSync(join(outbox, '1-a.json'), JSON.stringify(note('old')));
    await post(eng1, note('new'));
    expect(seen).toEqual([note('new')]);
    // The answer comes first, so that a crash between the two repeats nothing.
    await vi.waitFor(() => expect(readdirSync(outbox)).toEqual([]), 10_000);
    expect(readFileSync(join(answers, '1-a.json'), 'utf8')).toContain('ok');
    expect(await awaitAnswer(worktree, '1-a.json', 0)).toEqual(accepted);
  });
});
