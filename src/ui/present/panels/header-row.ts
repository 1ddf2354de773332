import type { Rect } from '../../layout/arrange.ts';
import { headerLine } from '../header.ts';
import { fitLine, type Line } from '../line.ts';
import type { Picture } from '../picture.ts';
import { sinceLine } from '../since.ts';

export function headerRows(picture: Picture, rect: Rect): Line[] {
  const { state, repositoryName, needs, gate, now } = picture;
  const runBudget = picture.policy.budgets.run;
  const gateStartedAt = gate && gate.endedAt === null ? gate.startedAt : null;
  return [
    headerLine(
      { state, repositoryName, needsCount: needs.length, gateStartedAt, now, runBudget },
      rect.width,
    ),
  ];
}

export function sinceRows(picture: Picture, rect: Rect): Line[] {
  const since = sinceLine({ ...picture, lookedAt: picture.ui.lookedAt });
  return since ? [fitLine(since, rect.width)] : [];
}
