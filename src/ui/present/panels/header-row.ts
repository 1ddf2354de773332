import { keyFor } from '../../keymap/keymap.ts';
import type { Rect } from '../../layout/arrange.ts';
import { lastLook } from '../../model/last-look.ts';
import { headerLine } from '../header.ts';
import { aimed, fitLine, type Line, type Span } from '../line.ts';
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
  return [line.flatMap(one => aimedBy(picture, one))];
}

/** The count of needs leads to them, the run of the gate to its output. */
function aimedBy({ keymap }: Picture, one: Span): Line {
  if (one.tone !== 'alarm' && one.tone !== 'busy') return [one];
  const action = one.tone === 'alarm' ? 'needs.next' : 'view.gate';
  return aimed([one], { kind: 'key', key: keyFor(keymap, action) ?? '' });
}

/** What happened, cut to one row, leads to all of it. */
export function sinceRows(picture: Picture, rect: Rect): Line[] {
  const since = sinceLine({ ...picture, lookedAt: lastLook(picture.ui, picture.time) }, rect.width);
  const key = keyFor(picture.keymap, 'view.events') ?? '';
  return since ? [aimed(fitLine(since, rect.width), { kind: 'key', key })] : [];
}
