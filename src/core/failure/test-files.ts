/** Where the languages in use keep tests, fixtures and recorded results. */
const folders = /(^|\/)(tests?|specs?|__tests__|__snapshots__|testdata|fixtures)\//;
const names =
  /([._-](test|spec)\.[a-z]+|_test\.(go|py|rb|exs)|\.snap|(^|\/)test_[^/]+\.py|Tests?\.(java|kt|cs))$/;

/** Whether a path is a test or belongs to tests alone. */
export const isTestFile = (path: string): boolean => folders.test(path) || names.test(path);
