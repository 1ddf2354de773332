import { parseArgs } from 'node:util';
import { didYouMean } from '../lib/nearest-word.ts';
import { exitUsage, UserError } from './user-error.ts';

/** `strings` may be given more than once. */
export type FlagKind = 'boolean' | 'string' | 'strings' | 'number';

type FlagValue = { boolean: boolean; string: string; strings: readonly string[]; number: number };

export type CommandSpec<Flags extends Record<string, FlagKind>, Required extends keyof Flags> = {
  readonly flags: Flags;
  /** Flags without which the command means nothing. */
  readonly required?: readonly Required[];
  /** The fewest and the most words beside the flags. */
  readonly positionals: readonly [number, number];
};

export type ParsedCommand<Flags extends Record<string, FlagKind>, Required extends keyof Flags> = {
  readonly flags: { readonly [Name in Required]: FlagValue[Flags[Name]] } & {
    readonly [Name in Exclude<keyof Flags, Required>]?: FlagValue[Flags[Name]];
  };
  readonly positionals: readonly string[];
};

/**
 * Reads the words after a command's name. Throws `UserError` with exit code 2 that names the flag, what is
 * wrong with it and the nearest right one. `--flag=value` and `--` mean what they mean everywhere.
 */
export function parseCommand<
  const Flags extends Record<string, FlagKind>,
  const Required extends keyof Flags & string = never,
>(argv: readonly string[], spec: CommandSpec<Flags, Required>): ParsedCommand<Flags, Required> {
  const names = Object.keys(spec.flags);
  const options = Object.fromEntries(
    names.map(
      name => [name, { type: spec.flags[name] === 'boolean' ? 'boolean' : 'string' }] as const,
    ),
  );
  const { tokens } = parseArgs({
    ...{ args: [...argv], options, strict: false, allowPositionals: true, tokens: true },
  });
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const kind = names.includes(token.name) ? spec.flags[token.name] : undefined;
    if (kind === undefined || !token.rawName.startsWith('--'))
      throw unknownFlag(token.rawName, names);
    values.set(token.name, [...(values.get(token.name) ?? []), givenValue(token, kind, names)]);
  }
  const flags = Object.fromEntries(
    [...values].map(([name, given]) => [name, typed(name, spec.flags[name] as FlagKind, given)]),
  );
  for (const name of spec.required ?? [])
    if (flags[name] === undefined) throw new UserError(`--${name} is missing.`, exitUsage);
  checkCount(positionals, spec.positionals);
  // What the compiler cannot follow: `typed` gave each flag the type of its kind.
  const parsed: unknown = { flags, positionals };
  return parsed as ParsedCommand<Flags, Required>;
}

function unknownFlag(rawName: string, names: readonly string[]): UserError {
  const known = names.map(name => `--${name}`);
  const hint =
    didYouMean(rawName, known) ||
    (known.length === 0 ? ' It takes no flags.' : ` It takes ${known.join(', ')}.`);
  return new UserError(`there is no flag ${rawName}.${hint}`, exitUsage);
}

type OptionToken = {
  readonly name: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
};

function givenValue(
  { name, value, inlineValue }: OptionToken,
  kind: FlagKind,
  names: readonly string[],
): string {
  if (kind === 'boolean') {
    if (value === undefined) return '';
    throw new UserError(`--${name} takes no value.`, exitUsage);
  }
  // `--why --text x`: the value was forgotten, and the next flag must not become it.
  const isForgotten = !inlineValue && names.some(other => value === `--${other}`);
  if (value === undefined || isForgotten)
    throw new UserError(`--${name} needs a value.`, exitUsage);
  return value;
}

function typed(name: string, kind: FlagKind, given: readonly string[]): unknown {
  if (kind === 'strings') return given;
  if (given.length > 1 && kind !== 'boolean')
    throw new UserError(`--${name} is given ${given.length} times; once is meant.`, exitUsage);
  if (kind === 'boolean') return true;
  const text = given[0] as string;
  if (kind === 'string') return text;
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number))
    throw new UserError(`--${name} takes a number, not “${text}”.`, exitUsage);
  return number;
}

function checkCount(
  positionals: readonly string[],
  [fewest, most]: readonly [number, number],
): void {
  if (positionals.length > most)
    throw new UserError(
      `“${positionals[most]}” is one word too many. Put text with spaces into quotes.`,
      exitUsage,
    );
  if (positionals.length < fewest)
    throw new UserError(
      fewest === 1 ? 'one word is missing.' : `${fewest - positionals.length} words are missing.`,
      exitUsage,
    );
}
