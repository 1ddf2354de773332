import { createHash } from 'node:crypto';
import type { SeenCommit } from '../../core/receipt/verify/attested.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { signerName } from './allowed-signers.ts';
import { checkSshSignature } from './ssh-format.ts';

/** A commit as `git cat-file` has it, its signature checked. Text that is not git's gives empty parts. */
export function readSignedCommit(oid: string, raw: string): SeenCommit {
  const end = raw.indexOf('\n\n');
  const headers = raw.slice(0, end === -1 ? raw.length : end);
  const message = end === -1 ? '' : raw.slice(end + 2);
  const tree = /^tree ([0-9a-f]+)$/m.exec(headers)?.[1] ?? '';
  const subject = cleanText(message.split('\n')[0] ?? '');
  const isByBelfry = new RegExp(`^committer .*<${signerName}> `, 'm').test(headers);
  const task = lastTrailer(message, 'Belfry-Task');
  const attempt = lastTrailer(message, 'Belfry-Attempt') ?? '';
  const claim = isByBelfry && task !== null ? { task, attempt } : null;
  return { oid, tree, subject, claim, signature: signatureOf(oid, raw, headers.split('\n')) };
}

/** Git takes trailers from the last paragraph. */
function lastTrailer(message: string, name: string): string | null {
  const last = message.trimEnd().split('\n\n').at(-1) ?? '';
  return new RegExp(`^${name}: (\\S+)$`, 'm').exec(last)?.[1] ?? null;
}

/** A person's own signature of another kind is theirs to check. */
function signatureOf(
  oid: string,
  raw: string,
  headers: readonly string[],
): SeenCommit['signature'] {
  const from = headers.findIndex(row =>
    /^gpgsig(-sha256)? -----BEGIN SSH SIGNATURE-----$/.test(row),
  );
  if (from === -1) return { kind: 'none' };
  const next = headers.findIndex((row, index) => index > from && !row.startsWith(' '));
  const to = next === -1 ? headers.length : next;
  const [first = '', ...more] = headers.slice(from, to);
  const armoured = [first.replace(/^\S+ /, ''), ...more.map(row => row.slice(1))].join('\n');
  const rest = raw.slice(headers.join('\n').length);
  const text = [...headers.slice(0, from), ...headers.slice(to)].join('\n') + rest;
  const signer = checkSshSignature(armoured, 'git', Buffer.from(text));
  if (signer === null || oidOf(raw, oid.length) !== oid) return { kind: 'wrong' };
  return { kind: 'good', key: signer.fingerprint };
}

/** The name that git gives to a commit of this text: the hash of both, in 40 or 64 digits. */
function oidOf(raw: string, digits: number): string {
  const bytes = Buffer.from(raw);
  const hash = createHash(digits === 64 ? 'sha256' : 'sha1');
  return hash.update(`commit ${bytes.length}\0`).update(bytes).digest('hex');
}
