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
  const last = useRef<Selected<Value> | null>(null);
  return useSyncExternalStore(feed.subscribe, () => {
    const picture = feed.picture();
    // React asks several times for each change; the answer is worked out once.
    if (last.current?.picture === picture && last.current.select === select)
      return last.current.value;
    const value = select(picture);
    const isOld = last.current !== null && isSame(last.current.value, value);
    last.current = { picture, select, value: isOld && last.current ? last.current.value : value };
    return last.current.value;
  });
}

type Selected<Value> = {
  readonly picture: Picture;
  readonly select: (picture: Picture) => Value;
  readonly value: Value;
};

/** For small plain values. */
export const isSameJson = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
