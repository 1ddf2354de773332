import { expect, test } from 'vitest';
import { Lanes } from '../../src/supervisor/lanes.ts';

/** A promise and the key to it. */
function gate() {
  let open = () => {};
  const promise = new Promise<void>(resolve => {
    open = resolve;
  });
  return { promise, open };
}

test('work of one lane waits for the work before it', async () => {
  const order: string[] = [];
  const lanes = new Lanes(() => {});
  const first = gate();
  lanes.run('a', async () => {
    await first.promise;
    order.push('first');
  });
  lanes.run('a', async () => {
    order.push('second');
  });
  await Promise.resolve();
  expect(order).toEqual([]);
  first.open();
  await lanes.drained();
  expect(order).toEqual(['first', 'second']);
});

test('another lane does not wait', async () => {
  const order: string[] = [];
  const lanes = new Lanes(() => {});
  const first = gate();
  lanes.run('a', () => first.promise);
  lanes.run('b', async () => {
    order.push('b');
    first.open();
  });
  await lanes.drained();
  expect(order).toEqual(['b']);
});

test('a failure is told with its lane, and the lane goes on', async () => {
  const told: string[] = [];
  const lanes = new Lanes((lane, error) => told.push(`${lane}: ${(error as Error).message}`));
  lanes.run('a', async () => {
    throw new Error('no space');
  });
  lanes.run('a', async () => {
    told.push('next');
  });
  await lanes.drained();
  expect(told).toEqual(['a: no space', 'next']);
  expect(lanes.isIdle).toBe(true);
});

test('drained waits for work that work has added', async () => {
  const order: string[] = [];
  const lanes = new Lanes(() => {});
  lanes.run('a', async () => {
    lanes.run('b', async () => {
      order.push('b');
    });
  });
  await lanes.drained();
  expect(order).toEqual(['b']);
});
