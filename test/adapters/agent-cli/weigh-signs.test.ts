import { expect, test } from 'vitest';
import { asking, busy, over, sign, surely } from '../../../src/adapters/agent-cli/signs.ts';
import { type SourcedSign, weighSigns } from '../../../src/adapters/agent-cli/weigh-signs.ts';
import type { Sign } from '../../../src/ports/agent-cli.ts';

const from = (source: string, given: Sign, ageMs = 0): SourcedSign => ({
  ...{ source, sign: given, ageMs },
});
const began = sign('working', busy, 'began', { holdsForMs: 2_000 });

test.each<[string, readonly SourcedSign[], string, RegExp]>([
  ['nothing', [], 'unknown', /nothing tells/],
  ['one that names', [from('A', sign('working', busy, 'busy'))], 'working', /A says busy/],
  ['one that only rules out', [from('A', sign(null, over, 'quiet'))], 'unknown', /not enough/],
  [
    'the narrower one decides among those that the wider one allows',
    [from('A', sign('working', busy, 'busy')), from('B', surely('retrying', 'again'))],
    ...(['retrying', /B says again/] as const),
  ],
  [
    'the stronger one decides where both name',
    [from('A', sign('failed', over, 'a')), from('B', sign('idle', over, 'b'))],
    ...(['failed', /A says a/] as const),
  ],
  [
    'two that contradict each other are both named',
    [from('A', surely('idle', 'over')), from('B', sign('working', busy, 'busy'))],
    ...(['unknown', /A says over, B says busy/] as const),
  ],
  [
    'three of which every two agree, but not all',
    [
      from('A', sign(null, ['idle', 'working'], 'a')),
      from('B', sign(null, ['working', 'failed'], 'b')),
      from('C', sign(null, ['idle', 'failed'], 'c')),
    ],
    ...(['unknown', /does not fit together/] as const),
  ],
  [
    'what has lost its time does not contradict',
    [from('A', began, 2_001), from('B', surely('idle', 'over'))],
    ...(['idle', /B says over/] as const),
  ],
  [
    'what has not lost its time does',
    [from('A', began, 1_999), from('B', surely('idle', 'over'))],
    ...(['unknown', /A says began/] as const),
  ],
  [
    'the last one left is no answer when none names it',
    [
      from('A', sign(null, ['idle', 'failed'], 'a')),
      from('B', sign(null, ['failed', 'working'], 'b')),
    ],
    ...(['unknown', /not enough/] as const),
  ],
])('%s', (_name, signs, status, reason) => {
  const reading = weighSigns(signs);
  expect(reading.status).toBe(status);
  expect(reading.reason).toMatch(reason);
  expect(reading.evidence).toHaveLength(signs.length);
});

test('a question comes with the sign that knows its text', () => {
  const question = { id: '1', kind: 'permission', text: 'rm -r build' } as const;
  const told = sign('permission', ['permission', ...busy], 'it asks', { question });
  expect(weighSigns([from('A', told), from('B', sign(null, asking, 'a dialog'))]).question).toEqual(
    question,
  );
  const untold = weighSigns([from('B', sign('question', asking, 'which colour?'))]).question;
  expect(untold).toMatchObject({ kind: 'question', text: 'which colour?' });
});

test('the time until it may go on comes with the status that it is about', () => {
  const failed = surely('failed', '401', { until: null });
  expect(weighSigns([from('A', failed)]).until).toBeNull();
  expect(weighSigns([from('A', surely('failed', '500'))]).until).toBeUndefined();
});
