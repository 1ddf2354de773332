import { keyFor } from '../../keymap/keymap.ts';
import type { Rect } from '../../layout/arrange.ts';
import { headerLine } from '../header.ts';
import { aimed, fitLine, type Line } from '../line.ts';
import type { Picture } from '../picture.ts';
import { sinceLine } from '../since.ts';

export function headerRows(picture: Picture, rect: Rect): Line[] {
  const { state, repositoryName, needs, gate, now, readOnly } = picture;
  const runBudget = picture.policy.budgets.run;
  const gateStartedAt = gate && gate.endedAt === null ? gate.startedAt : null;
  const line = headerLine(
    { state, repositoryName, needsCount: needs.length, gateStartedAt, now, runBudget, readOnly },
    rect.width,
  );
  // The count of needs leads to them, as its key does.
  const key = keyFor(picture.keymap, 'needs.next') ?? '';
  return [line.flatMap(one => (one.tone === 'alarm' ? aimed([one], { kind: 'key', key }) : [one]))];
}

export function sinceRows(picture: Picture, rect: Rect): Line[] {
  const since = sinceLine({ ...picture, lookedAt: picture.ui.lookedAt }, rect.width);
  return since ? [fitLine(since, rect.width)] : [];
}
