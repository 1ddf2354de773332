import { describe, expect, test } from 'vitest';
import { readSymbols } from '../../../src/adapters/source/file-symbols.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

const exportedOf = (path: string, text: string) =>
  readSymbols(path, text).exported.map(({ name, signature }) => `${name} | ${signature}`);

describe('what a script exports, as its users see it', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'a function up to its body',
      'export function sum(parts: readonly number[]): number { return 1; }',
      ['sum | function sum(parts: readonly number[]): number'],
    ],
    ['an arrow function', 'export const f = (a: A): B => a.b;', ['f | f = (a: A): B =>']],
    ['a typed constant', 'export const limits: Limits = make();', ['limits | limits: Limits']],
    ['an untyped constant with its value', "export const mode = 'fast';", ["mode | mode = 'fast'"]],
    [
      'a type as a whole',
      'export type A = {\n  /** why */\n  b: string; // c\n};',
      ['A | type A = { b: string; }'],
    ],
    ['an enum with its variants', 'export enum E { A, B }', ['E | enum E { A, B }']],
    [
      'a class with its members, but neither bodies nor secrets',
      'export class Q<T> {\n  #a = 1;\n  size = 0;\n  take(n: number): T { return this.#x(); }\n  #x() {}\n}',
      ['Q | class Q<T> { size; take(n: number): T }'],
    ],
    ['the default', 'export default function (a) { }', ['default | function (a)']],
    [
      'names that are passed on',
      "export { a as b } from './c.ts'; export * from './d.ts';",
      ['b | ', '* from ./d.ts | '],
    ],
    [
      'JSX',
      'export const Row = ({ a }: Props) => <li>{a}</li>;',
      ['Row | Row = ({ a }: Props) =>'],
    ],
    ['nothing', 'const a = 1;', []],
  ];
  test.each(rows)('%s', (_name, text, expected) => {
    expect(exportedOf('a.tsx', text)).toEqual(expected);
  });

  test('a comment or a body may change without a change for anybody', () => {
    const before = exportedOf('a.ts', 'export function f(a: string): void { one(); }');
    const after = exportedOf(
      'a.ts',
      'export function f(\n  a: string, // the name\n): void { two(); }',
    );
    expect(after.map(line => line.replace('( a: string, )', '(a: string)'))).toEqual(before);
  });
});

test('what a script takes from others', () => {
  const text =
    "import x, { a, type B as C } from './a.ts';\nexport { d } from './d.ts';\nimport * as e from 'e';";
  expect(readSymbols('a.ts', text).imported).toEqual(['a', 'B', 'd']);
});

test('half a file is read as far as it goes, and no file throws', () => {
  expect(readSymbols('a.ts', 'export function f(a: string) {').exported).toHaveLength(1);
  expect(readSymbols('a.ts', '\0\0<<<<<<< ours\n').exported).toEqual([]);
  expect(readSymbols('a.js', "module.exports = require('./b');").exported).toEqual([]);
  expect(readSymbols('a.ts', 'export '.repeat(20_000)).exported).toEqual([]);
});

describe('other languages, by their text', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['a.py', 'def total(entries):\n    return 1\n\nclass Ledger:\n', ['total', 'Ledger']],
    ['a.go', 'func (q *Queue) Take(n int) string {\ntype Queue struct {', ['Take', 'Queue']],
    ['a.rs', 'pub(crate) fn land(x: &T) -> R {\npub enum State {', ['land', 'State']],
    ['a.rb', '  def inside; end\nmodule Tally\n', ['Tally']],
  ];
  test.each(rows)('%s', (path, text, expected) => {
    expect(readSymbols(path, text).exported.map(({ name }) => name)).toEqual(expected);
  });

  test('uses are all other names', () => {
    expect(
      readSymbols('a.py', 'from tally import total\n\ndef show():\n    print(total)').imported,
    ).toEqual([...['from', 'tally', 'import', 'total', 'def', 'print']]);
  });
});

test.each([
  ['a.go', 'pub\n'.repeat(40_000)],
  ['a.ts', `export const a: '${'/*'.repeat(40_000)}' = b;`],
  ['a.ts', `export const a: '${'= ;'.repeat(40_000)}x' = b;`],
  ['a.ts', '('.repeat(40_000)],
])('what an agent writes into %s does not keep the program busy', (path, text) => {
  expect(cpuMsOf(() => readSymbols(path, text))).toBeLessThan(2_000);
});
