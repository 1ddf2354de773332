import { useRef, useSyncExternalStore } from 'react';
import type { Picture } from '../present/picture.ts';
import { usePage } from './page-context.ts';

/**
 * A value of the page's picture. The component draws again only when the value differs, so panels
 * select their finished text: a turn that changes nothing they show costs them a comparison.
 */
export function usePicture<Value>(
  select: (picture: Picture) => Value,
  isSame: (one: Value, other: Value) => boolean = Object.is,
): Value {
  const { feed } = usePage();
  const last = useRef<{ readonly value: Value } | null>(null);
  return useSyncExternalStore(feed.subscribe, () => {
    const value = select(feed.picture());
    if (last.current && isSame(last.current.value, value)) return last.current.value;
    last.current = { value };
    return value;
  });
}

/** For small plain values. */
export const isSameJson = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
