import { runGit } from '../git.ts';
import { judgesWork } from './gate-files.ts';
import { type Patch, readPatches } from './read-patches.ts';
import { scriptChanges } from './script-changes.ts';

const testFile =
  /(^|\/)(tests?|__tests__|specs?)\/|[._-](test|spec)\.[A-Za-z]+$|(^|\/)test_[^/]+\.py$|_test\.(go|py|rb)$/;
/** A test that is left out, or the only one. */
export const skipped =
  /\b(it|test|describe|suite|context)\.(skip|only|todo|failing)\b|\b(xit|xtest|xdescribe|fit|fdescribe)\s*\(|@pytest\.mark\.(skip|xfail)|\bt\.Skip\w*\(|#\[ignore\b|@(Ignore|Disabled)\b|\bskip:\s*true\b/;
const testCase =
  /^\s*((it|test)(\.\w+)?\s*\(|def test_|async def test_|func Test\w*\(|#\[(tokio::)?test\]|@Test\b)/;
const packageFile = /(^|\/)package\.json$/;
/** More of them are a workspace that is moved; then the change as a whole is for a person to look at. */
const packageFilesMax = 50;
const packageBytesMax = 1_000_000;

/**
 * Signs that a change weakens what is to judge it: tests, and whatever decides how the gate's `commands` run
 * them. A person looks at it before it lands.
 */
export async function findRisks(
  gitDir: string,
  from: string,
  to: string,
  commands: readonly string[],
): Promise<readonly string[]> {
  const patches = await readPatches(gitDir, from, to);
  if (patches === null) return ['the change is too large to be checked for weakened tests'];
  const paths = patches.map(({ path }) => path).filter(path => packageFile.test(path));
  if (paths.length > packageFilesMax)
    return [...risksOf(patches, commands), `changes ${paths.length} package.json files`];
  const scripts: string[] = [];
  for (const path of paths) {
    const texts = [await textOf(gitDir, from, path), await textOf(gitDir, to, path)] as const;
    scripts.push(...scriptChanges(...texts, commands).map(change => `${change} in ${path}`));
  }
  return [...scripts, ...risksOf(patches, commands)];
}

/** Null when there is no such file. */
async function textOf(gitDir: string, tree: string, path: string): Promise<string | null> {
  const { code, stdout, isCut } = await runGit(['cat-file', 'blob', `${tree}:${path}`], {
    ...{ gitDir, bytesMax: packageBytesMax },
  });
  return code === 0 || isCut ? stdout : null;
}

/** What the changed lines tell by themselves. */
export function risksOf(patches: readonly Patch[], commands: readonly string[]): readonly string[] {
  const risks: string[] = [];
  let before = 0;
  let after = 0;
  for (const { path, isDeleted, added, removed } of patches) {
    if (judgesWork(path, [...added, ...removed], commands))
      risks.push(`changes how tests are run: ${path}`);
    if (!testFile.test(path)) continue;
    if (isDeleted) risks.push(`deletes the tests in ${path}`);
    if (added.some(line => skipped.test(line))) risks.push(`skips or singles out tests in ${path}`);
    before += removed.filter(line => testCase.test(line)).length;
    after += added.filter(line => testCase.test(line)).length;
  }
  if (after < before) risks.push(`has fewer tests: ${before} removed, ${after} added`);
  return risks;
}
