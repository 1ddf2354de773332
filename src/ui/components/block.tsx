import { memo, useCallback, useLayoutEffect } from 'react';
import { usePage } from '../hooks/page-context.ts';
import { usePicture } from '../hooks/use-picture.ts';
import type { Rect } from '../layout/arrange.ts';
import { emptyLine, fitLine, type Line } from '../present/line.ts';
import type { Picture } from '../present/picture.ts';
import { paintLine } from '../theme/theme.ts';

type Props = {
  readonly name: string;
  readonly rect: Rect;
  readonly rows: (picture: Picture, rect: Rect) => readonly Line[];
  /** Lies over the other blocks. */
  readonly isFront?: boolean;
};

/** A rectangle of the page, drawn again only when its finished text differs. */
export const Block = memo(function Block({ name, rect, rows, isFront = false }: Props) {
  const { theme, compositor } = usePage();
  const select = useCallback(
    (picture: Picture) => {
      const lines = rows(picture, rect);
      return Array.from({ length: rect.height }, (_, y) =>
        paintLine(fitLine(lines[y] ?? emptyLine, rect.width), { ...theme, name: picture.ui.theme }),
      ).join('\n');
    },
    [rows, rect, theme],
  );
  const text = usePicture(select);
  useLayoutEffect(() => {
    if (rect.width > 0 && rect.height > 0)
      compositor.setBlock(name, { rect, rows: text.split('\n'), isFront });
    // Others take its room: what it showed there is gone when it comes back.
    else compositor.removeBlock(name);
  }, [compositor, name, rect, text, isFront]);
  useLayoutEffect(() => () => compositor.removeBlock(name), [compositor, name]);
  return null;
});
