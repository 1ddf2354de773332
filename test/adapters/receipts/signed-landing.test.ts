import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { withSignature } from '../../../src/adapters/git/landing/write-commit.ts';
import { createTrunk } from '../../../src/adapters/git/trunk.ts';
import { openReceipts } from '../../../src/adapters/receipts/open-receipts.ts';
import { receiptPaths } from '../../../src/adapters/receipts/receipt-paths.ts';
import { checkSshSignature, parsePublicLine } from '../../../src/adapters/receipts/ssh-format.ts';
import { details, gitIn, type TemporaryTeam, task1, temporaryTeam } from '../git/temporary-team.ts';

let team: TemporaryTeam;
afterEach(() => team.remove());

const hasSshKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;

/** A team whose landings are signed, and the commit of one. */
async function signedLanding(init: readonly string[] = []) {
  team = await temporaryTeam({ init });
  const { receipts: folder, gateLogs } = team.state;
  const opened = await openReceipts({ folder, gateLogs, facts: 0 });
  const { signer } = opened;
  if (signer === null) throw new Error(opened.receipts.refusal ?? 'no signer');
  await opened.receipts.close();
  await team.work({ 'c.txt': 'c\n' });
  const trunk = createTrunk({ ...team.given, signer });
  const build = async () => {
    const built = await trunk.build(task1, 1, { ...details, title: 'Ä title\nwith <marks>' });
    if (built.kind !== 'built') throw new Error(built.kind);
    return built.candidate;
  };
  const candidate = await build();
  await trunk.land(task1, candidate);
  const raw = execFileSync('git', [
    `--git-dir=${team.state.hub}`,
    'cat-file',
    'commit',
    candidate.commit,
  ]);
  return { candidate, raw: raw.toString(), signer, build, paths: receiptPaths(folder) };
}

test.each([
  ['SHA-1', []],
  ['SHA-256', ['--object-format=sha256']],
])(
  'a landing of a %s repository is signed by the key that allowed-signers names',
  async (_, init) => {
    const { candidate, raw, signer, paths } = await signedLanding(init);
    const header = candidate.tree.length === 64 ? 'gpgsig-sha256' : 'gpgsig';
    const found = new RegExp(`\\n${header} (-----BEGIN[^]*?-----END SSH SIGNATURE-----)`).exec(raw);
    const signature = (found?.[1] ?? '').replaceAll('\n ', '\n');
    const text = raw.replace(found?.[0] ?? '', '');
    const allowed = readFileSync(paths.allowedSigners, 'utf8').trim();
    const [name, scope, ...key] = allowed.split(' ');
    expect([name, scope]).toEqual(['belfry@belfry.invalid', 'namespaces="git"']);
    const { fingerprint } = parsePublicLine(key.join(' ')) ?? {};
    expect(checkSshSignature(signature, 'git', Buffer.from(text))?.fingerprint).toBe(fingerprint);
    expect(checkSshSignature(signature, 'git', Buffer.from(`${text} `))).toBeNull();
    expect(checkSshSignature(signature, 'file', Buffer.from(text))).toBeNull();
    expect(withSignature(text, signature, candidate.tree)).toBe(raw);
    expect(text).toContain(`\n\nT-1: Ä title with <marks>\n\nBelfry-Task: T-1\n`);
    expect(text).toContain(`\nBelfry-Root: ${signer.root}\n`);
    expect(gitIn(team.root, `--git-dir=${team.state.hub}`, 'fsck', '--strict')).not.toContain(
      'error',
    );
  },
);

test('the same attempt gives the same signed commit within a run', async () => {
  team = await temporaryTeam();
  const sign = (text: string) => createHash('sha256').update(text).digest('hex');
  const trunk = createTrunk({ ...team.given, signer: { root: 'SHA256:x', sign } });
  await team.work({ 'c.txt': 'c\n' });
  const first = await trunk.build(task1, 1, details);
  expect(first.kind).toBe('built');
  expect(await trunk.build(task1, 1, details)).toEqual(first);
});

test.runIf(hasSshKeygen)('git itself accepts the signature, and no other', async () => {
  const { candidate, paths, raw } = await signedLanding();
  const verify = (commit: string, signers = paths.allowedSigners) =>
    spawnSync(
      'git',
      [
        ...[`--git-dir=${team.state.hub}`, '-c', `gpg.ssh.allowedSignersFile=${signers}`],
        ...['verify-commit', commit],
      ],
      { encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: team.root } },
    );
  const { status, stderr } = verify(candidate.commit);
  expect(stderr).toContain('Good "git" signature for belfry@belfry.invalid with ED25519 key');
  expect(status).toBe(0);
  const forged = execFileSync(
    'git',
    [`--git-dir=${team.state.hub}`, 'hash-object', '-t', 'commit', '-w', '--stdin'],
    { input: raw.replace('T-1: ', 'T-9: '), encoding: 'utf8' },
  ).trim();
  expect(verify(forged).status).not.toBe(0);
  expect(verify(candidate.commit, join(team.root, 'nobody')).status).not.toBe(0);
});
