import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/parse-arguments.ts';
import { UserError } from '../../src/cli/user-error.ts';

const spec = {
  flags: { summary: 'string', json: 'boolean', speed: 'number', file: 'strings' },
  positionals: [0, 1],
} as const;
const parse = (...argv: string[]) => parseCommand(argv, spec);

describe('the words after a command', () => {
  it('become flags of their kinds, and the rest', () => {
    expect(parse('--json', 'T-1', '--speed', '2.5', '--file=a', '--file', 'b')).toEqual({
      flags: { json: true, speed: 2.5, file: ['a', 'b'] },
      positionals: ['T-1'],
    });
  });

  it('may begin with a dash where a value is due', () => {
    expect(parse('--summary', '- one\n- two').flags.summary).toBe('- one\n- two');
    expect(parse('--summary=--json').flags.summary).toBe('--json');
    expect(parse('--', '--json').positionals).toEqual(['--json']);
    expect(parse('--speed', '-1').flags.speed).toBe(-1);
  });

  it.each([
    [['--sumary', 'x'], 'there is no flag --sumary. Did you mean “--summary”?'],
    [['--verbose'], 'there is no flag --verbose. It takes --summary, --json, --speed, --file.'],
    [['-j'], 'there is no flag -j.'],
    [['--toString'], 'there is no flag --toString.'],
    [['--__proto__', 'x'], 'there is no flag --__proto__.'],
    [['--summary'], '--summary needs a value.'],
    [['--summary', '--json'], '--summary needs a value.'],
    [['--json=yes'], '--json takes no value.'],
    [['--speed', 'fast'], '--speed takes a number, not “fast”.'],
    [['--speed='], '--speed takes a number, not “”.'],
    [['--summary', 'a', '--summary', 'b'], '--summary is given 2 times; once is meant.'],
    [['a', 'b'], '“b” is one word too many.'],
  ])('%j is refused', (argv, message) => {
    const parsed = () => parse(...argv);
    expect(parsed).toThrow(UserError);
    expect(parsed).toThrow(message);
    expect(parsed).toThrow(expect.objectContaining({ exitCode: 2 }));
  });

  it('may not be missing', () => {
    const needy = { flags: { why: 'string' }, required: ['why'], positionals: [1, 1] } as const;
    expect(() => parseCommand(['x'], needy)).toThrow('--why is missing.');
    expect(() => parseCommand(['--why', 'x'], needy)).toThrow('one word is missing.');
    const { flags } = parseCommand(['T-1', '--why', 'x'], needy);
    const why: string = flags.why;
    expect(why).toBe('x');
  });
});
