/** Services that run tests, orchestrators and task files: what they hold decides what is run. */
const runners = [
  /^\.(github|gitlab|circleci|buildkite|woodpecker|ci|belfry)\//,
  /^(\.gitlab-ci|\.travis|\.drone|\.woodpecker|azure-pipelines|bitbucket-pipelines|appveyor)\.ya?ml$/,
  /(^|\/)(Jenkinsfile|Rakefile|Makefile|makefile|GNUmakefile|[Jj]ustfile|[Tt]askfile\.ya?ml)$/,
  /(^|\/)(turbo|nx|lerna|deno)\.jsonc?$|(^|\/)[^/]+\.mk$/,
  /(^|\/)\.(npmrc|yarnrc|yarnrc\.yml|pnpmfile\.cjs)$|(^|\/)bunfig\.toml$/,
];
/** Configuration of test runners. */
const configurations = [
  /(^|\/)(vitest|vite|jest|playwright|cypress|ava|wdio|karma|web-test-runner|nightwatch)[\w.-]*\.(config|conf|workspace|setup)\.[a-z]+$/,
  /(^|\/)vitest\.(workspace|projects)\.[a-z]+$|(^|\/)cypress\.json$/,
  /(^|\/)\.(mocharc|nycrc|c8rc|taprc|rspec|coveragerc)(\.[a-z]+)?$/,
  /(^|\/)(conftest|noxfile)\.py$|(^|\/)(pytest|tox)\.(ini|toml)$|(^|\/)\.pytest\.ini$/,
  /(^|\/)(phpunit[\w.]*\.xml(\.dist)?|nextest\.toml|dart_test\.yaml|\.cargo\/config(\.toml)?)$/,
];
/** Files that hold much else: only lines that speak of tests count. */
const mixed =
  /(^|\/)(pyproject\.toml|setup\.cfg|build\.gradle(\.kts)?|pom\.xml|build\.sbt|CMakeLists\.txt)$/;
const testWord =
  /pytest|testpaths|addopts|python_(files|classes|functions)|norecursedirs|deselect|fail_under|unittest|\btests?\b|surefire|failsafe|skipTests|testFailureIgnore/i;

/** A file of tests by its own name, wherever it is; a script beside tests has another. */
const namedTest = /[._-](test|spec)\.[A-Za-z]+$|(^|\/)test_[^/]+\.py$|_test\.(go|py|rb)$/;

/** Whether a changed file decides by which tests, and how, the work is judged. `commands`: those of the gate. */
export function judgesWork(
  path: string,
  lines: readonly string[],
  commands: readonly string[],
): boolean {
  if ([...runners, ...configurations].some(pattern => pattern.test(path))) return true;
  if (mixed.test(path)) return lines.some(line => testWord.test(line));
  // A task is often accepted by a test that it is to write: what is done to tests is looked at by itself.
  if (namedTest.test(path)) return false;
  return commands.some(command => wordsOf(command).includes(path));
}

/** Words of a command line, as paths and names: `./ci.sh` is `ci.sh`, `--config=a.cfg` is `a.cfg`. */
export const wordsOf = (command: string): readonly string[] =>
  command
    .split(/[\s;|&<>()"'`=,]+/)
    .map(word => word.replace(/^(\.\/)+/, ''))
    .filter(word => word !== '');
