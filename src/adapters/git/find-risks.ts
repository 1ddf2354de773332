import { beginningOfGit } from './git.ts';

const testFile =
  /(^|\/)(tests?|__tests__|specs?)\/|[._-](test|spec)\.[A-Za-z]+$|(^|\/)test_[^/]+\.py$|_test\.(go|py|rb)$/;
const gateFile =
  /^(\.github\/workflows|\.circleci|\.ci)\/|^(\.gitlab-ci\.yml|Jenkinsfile|azure-pipelines\.yml|\.belfry\/team\.yaml)$|(^|\/)(vitest|jest|playwright)\.config\.[A-Za-z]+$/;
/** A test that is left out, or the only one. */
export const skipped =
  /\b(it|test|describe|suite|context)\.(skip|only|todo|failing)\b|\b(xit|xtest|xdescribe|fit|fdescribe)\s*\(|@pytest\.mark\.(skip|xfail)|\bt\.Skip\w*\(|#\[ignore\b|@(Ignore|Disabled)\b|\bskip:\s*true\b/;
const testCase =
  /^\s*((it|test)(\.\w+)?\s*\(|def test_|async def test_|func Test\w*\(|#\[(tokio::)?test\]|@Test\b)/;
const testScript = /^\s*"(test|pretest|posttest)"\s*:/;

/** A patch longer than this is not searched line by line. */
const patchBytesMax = 4_000_000;

export type Patch = {
  readonly path: string;
  readonly isDeleted: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
};

/** Signs that a change weakens the tests that are to judge it; a person looks at it before it lands. */
export async function findRisks(
  gitDir: string,
  from: string,
  to: string,
): Promise<readonly string[]> {
  const text = await patchBetween(gitDir, from, to);
  if (text === null) return ['the change is too large to be checked for weakened tests'];
  return risksOf(parsePatch(text));
}

/** Without context, so that every line of it is a changed one. Null when it is too long to be read. */
export async function patchBetween(
  gitDir: string,
  from: string,
  to: string,
): Promise<string | null> {
  const args = ['diff', '--no-color', '--no-renames', '--unified=0', '--no-ext-diff'];
  const { text, isCut } = await beginningOfGit([...args, '--no-textconv', from, to, '--'], {
    ...{ gitDir, bytesMax: patchBytesMax },
  });
  return isCut ? null : text;
}

export function risksOf(patches: readonly Patch[]): readonly string[] {
  const risks: string[] = [];
  let before = 0;
  let after = 0;
  for (const { path, isDeleted, added, removed } of patches) {
    if (gateFile.test(path)) risks.push(`changes how tests are run: ${path}`);
    else if (
      path.endsWith('package.json') &&
      [...added, ...removed].some(line => testScript.test(line))
    )
      risks.push(`changes the test script in ${path}`);
    if (!testFile.test(path)) continue;
    if (isDeleted) risks.push(`deletes the tests in ${path}`);
    if (added.some(line => skipped.test(line))) risks.push(`skips or singles out tests in ${path}`);
    before += removed.filter(line => testCase.test(line)).length;
    after += added.filter(line => testCase.test(line)).length;
  }
  if (after < before) risks.push(`has fewer tests: ${before} removed, ${after} added`);
  return risks;
}

/** A unified diff without context, as git writes it. */
export function parsePatch(text: string): readonly Patch[] {
  return text
    .split(/^diff --git /m)
    .slice(1)
    .map(part => {
      const lines = part.split('\n');
      const start = lines.findIndex(line => line.startsWith('@@'));
      const header = start < 0 ? lines : lines.slice(0, start);
      const body = start < 0 ? [] : lines.slice(start);
      return {
        path: pathOf(header),
        isDeleted: header.some(line => line.startsWith('deleted file')),
        added: body.filter(line => line.startsWith('+')).map(line => line.slice(1)),
        removed: body.filter(line => line.startsWith('-')).map(line => line.slice(1)),
      };
    });
}

/** `a/x b/x`: without renames both halves are the same path. */
function pathOf(header: readonly string[]): string {
  const names = header[0] ?? '';
  return names.slice(0, (names.length - 1) / 2).replace(/^"?a\//, '');
}
