import { wordsOf } from './gate-files.ts';

/** The names under which package.json configures a test runner. */
const runnerKeys = ['jest', 'vitest', 'mocha', 'ava', 'nyc', 'c8', 'tap', 'wireit', 'nx'];

type Manifest = Readonly<Record<string, unknown>>;

/**
 * What changed between two texts of a package.json that the gate goes through: scripts that it calls,
 * directly or from another script, and configuration of test runners. Null stands for no file.
 */
export function scriptChanges(
  before: string | null,
  after: string | null,
  commands: readonly string[],
): readonly string[] {
  const [old, now] = [manifestOf(before), manifestOf(after)];
  if (old === null || now === null) return ['makes the scripts unreadable'];
  const called = new Set([
    ...calledFrom(scriptsOf(old), commands),
    ...calledFrom(scriptsOf(now), commands),
  ]);
  const [oldScripts, nowScripts] = [scriptsOf(old), scriptsOf(now)];
  const scripts = [...called].filter(name => oldScripts[name] !== nowScripts[name]);
  const keys = runnerKeys.filter(key => JSON.stringify(old[key]) !== JSON.stringify(now[key]));
  return [
    ...scripts.map(name => `changes the ${name} script`),
    ...keys.map(key => `changes the configuration of ${key}`),
  ];
}

function manifestOf(text: string | null): Manifest | null {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Manifest) : null;
  } catch {
    return null;
  }
}

function scriptsOf({ scripts }: Manifest): Readonly<Record<string, string>> {
  if (typeof scripts !== 'object' || scripts === null) return {};
  const entries = Object.entries(scripts).filter(entry => typeof entry[1] === 'string');
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Every script whose name stands in the commands or in a script that they call, with those around it. */
function calledFrom(
  scripts: Readonly<Record<string, string>>,
  commands: readonly string[],
): ReadonlySet<string> {
  // Also where the gate says `npm t`, and because others run the tests by it.
  const called = new Set(['test', ...commands.flatMap(wordsOf)]);
  // A set visits what is added while it is walked.
  for (const name of called) {
    if (!Object.hasOwn(scripts, name)) {
      // Patterns as npm-run-all and others take them: `test:*`.
      if (name.includes('*'))
        for (const one of Object.keys(scripts))
          if (one.startsWith(name.slice(0, name.indexOf('*')))) called.add(one);
      continue;
    }
    for (const word of wordsOf(scripts[name] ?? '')) called.add(word);
    called.add(`pre${name}`).add(`post${name}`);
  }
  return called;
}
