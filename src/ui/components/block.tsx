import { Box, Text } from 'ink';
import { memo } from 'react';
import { usePage } from '../hooks/page-context.ts';
import { usePicture } from '../hooks/use-picture.ts';
import type { Rect } from '../layout/arrange.ts';
import type { Line } from '../present/line.ts';
import type { Picture } from '../present/picture.ts';
import { paintLine } from '../theme/theme.ts';

type Props = {
  readonly rect: Rect;
  readonly rows: (picture: Picture, rect: Rect) => readonly Line[];
};

/** A rectangle of the page, drawn again only when its finished text differs. */
export const Block = memo(function Block({ rect, rows }: Props) {
  const { theme } = usePage();
  const text = usePicture(picture =>
    blockText(rows(picture, rect), line => paintLine(line, theme)),
  );
  if (rect.width <= 0 || rect.height <= 0 || text === '') return null;
  return (
    <Box
      position="absolute"
      left={rect.x}
      top={rect.y}
      width={rect.width}
      height={rect.height}
      overflow="hidden"
    >
      <Text wrap="truncate">{text}</Text>
    </Box>
  );
});

const blockText = (rows: readonly Line[], paint: (line: Line) => string): string =>
  rows.map(paint).join('\n');
