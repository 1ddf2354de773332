import type { Oid } from '../../../core/ids.ts';
import { mustGit } from '../git.ts';

export type LandingCommit = {
  readonly tree: string;
  readonly parents: readonly string[];
  /** A name as git takes it, with its address. */
  readonly author: { readonly name: string; readonly email: string };
  readonly committer: { readonly name: string; readonly email: string };
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly message: string;
};

/** Makes a commit with one git process, signed where there is a signer: git takes it as it is, and checks it. */
export async function writeCommit(
  gitDir: string,
  commit: LandingCommit,
  sign: ((text: string) => string) | null,
): Promise<Oid> {
  const text = commitText(commit);
  const input = sign === null ? text : withSignature(text, sign(text), commit.tree);
  const args = ['hash-object', '-t', 'commit', '-w', '--stdin'];
  return (await mustGit(args, { gitDir, input })) as Oid;
}

function commitText({ tree, parents, author, committer, at, message }: LandingCommit): string {
  const when = `${Math.floor(at / 1000)} +0000`;
  const by = ({ name, email }: LandingCommit['author']) =>
    `${identityPart(name)} <${identityPart(email)}> ${when}`;
  return [
    `tree ${tree}`,
    ...parents.map(parent => `parent ${parent}`),
    `author ${by(author)}`,
    `committer ${by(committer)}`,
    '',
    `${message}\n`,
  ].join('\n');
}

/** These would end the name or the line. */
const identityPart = (text: string): string => text.replace(/[\0\n<>]/g, '').trim();

/**
 * The signature stands in a header, its further lines begun with a space (gitformat-signature). Its name tells
 * which hash the signed text is in.
 */
export function withSignature(text: string, signature: string, tree: string): string {
  const header = tree.length === 64 ? 'gpgsig-sha256' : 'gpgsig';
  const end = text.indexOf('\n\n');
  const rows = signature.trimEnd().split('\n').join('\n ');
  return `${text.slice(0, end)}\n${header} ${rows}${text.slice(end)}`;
}
