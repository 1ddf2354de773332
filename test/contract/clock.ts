import { expect, test } from 'vitest';
import type { Clock } from '../../src/ports/clock.ts';

/** `pass` lets at least that much time pass, and returns after everything due rang. */
export function testClock(
  name: string,
  create: () => { clock: Clock; pass(ms: number): Promise<void> },
): void {
  test(`${name}: rings once, not before its time`, async () => {
    const { clock, pass } = create();
    const rings: number[] = [];
    const at = clock.now() + 20;
    clock.wakeAt(at, () => rings.push(clock.now()));
    expect(rings).toEqual([]);
    await pass(50);
    await pass(50);
    expect(rings).toHaveLength(1);
    expect(rings[0]).toBeGreaterThanOrEqual(at);
  });

  test(`${name}: what is past rings soon, but not inside the call`, async () => {
    const { clock, pass } = create();
    let rings = 0;
    clock.wakeAt(clock.now() - 1_000, () => {
      rings += 1;
    });
    expect(rings).toBe(0);
    await pass(10);
    expect(rings).toBe(1);
  });

  test(`${name}: a cancelled alarm does not ring, and may be cancelled twice`, async () => {
    const { clock, pass } = create();
    let rings = 0;
    const cancel = clock.wakeAt(clock.now() + 5, () => {
      rings += 1;
    });
    cancel();
    cancel();
    await pass(30);
    expect(rings).toBe(0);
  });

  test(`${name}: an alarm months away does not ring at once`, async () => {
    const { clock, pass } = create();
    let rings = 0;
    const cancel = clock.wakeAt(clock.now() + 2 ** 33, () => {
      rings += 1;
    });
    await pass(20);
    cancel();
    expect(rings).toBe(0);
  });
}
