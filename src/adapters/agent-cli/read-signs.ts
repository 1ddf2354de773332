import type { Sign, StatusReading, StatusSigns } from '../../ports/agent-cli.ts';
import { isBlank } from './screen-lines.ts';
import { type SourcedSign, weighSigns } from './weigh-signs.ts';

export type Reader = {
  readonly titleSign: (title: string) => Sign | null;
  readonly screenSign: (lines: readonly string[], title: string) => Sign | null;
};

/** Weighs what an agent CLI told, what its title says and what its screen shows, in this order of strength. */
export function readSigns(signs: StatusSigns, reader: Reader): StatusReading {
  const title = reader.titleSign(signs.title);
  const screen = reader.screenSign(signs.lines, signs.title);
  const seen = (source: string, sign: Sign | null): readonly SourcedSign[] =>
    sign === null ? [] : [{ source, sign, ageMs: 0 }];
  // Its last words: whatever it told before is over.
  if (screen?.status === 'exited') return weighSigns(seen('its screen', screen));
  const all = [...signs.told, ...seen('its title', title), ...seen('its screen', screen)];
  if (signs.told.length === 0 && screen === null && isBlank(signs.lines))
    return { status: 'starting', reason: 'it has shown nothing yet', question: null, evidence: [] };
  return weighSigns(all);
}
