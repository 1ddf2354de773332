import { isParked } from '../../core/agent.ts';
import type { Sign, StatusReading, StatusSigns } from '../../ports/agent-cli.ts';
import { futureTime } from './future-time.ts';
import { isBlank } from './screen-lines.ts';
import { type SourcedSign, weighSigns } from './weigh-signs.ts';

export type Reader = {
  /** `screen`: what the screen says, where it says anything. */
  readonly titleSign: (title: string, screen: Sign | null) => Sign | null;
  /** What the newest notification means; it may be long over. */
  readonly notificationSign?: (text: string) => Sign | null;
  readonly screenSign: (lines: readonly string[], title: string) => Sign | null;
};

/** Weighs what an agent CLI told, its title, its screen and its notifications, in this order of strength. */
export function readSigns(signs: StatusSigns, reader: Reader): StatusReading {
  const screen = reader.screenSign(signs.lines, signs.title);
  const title = reader.titleSign(signs.title, screen);
  const seen = (source: string, sign: Sign | null): readonly SourcedSign[] =>
    sign === null ? [] : [{ source, sign, ageMs: 0 }];
  // Its last words: whatever it told before is over.
  if (screen?.status === 'exited') return weighSigns(seen('its screen', screen));
  const notified = reader.notificationSign?.(signs.notification) ?? null;
  const all = [
    ...signs.told,
    ...seen('its title', title),
    ...seen('its screen', screen),
    ...seen('its notification', notified),
  ];
  if (signs.told.length === 0 && screen === null && isBlank(signs.lines))
    return { status: 'starting', reason: 'it has shown nothing yet', question: null, evidence: [] };
  return timed(weighSigns(all), signs.now);
}

/** A provider's own words say until when it takes no more, where no record does. */
function timed(reading: StatusReading, now: number): StatusReading {
  if (!isParked(reading.status) || reading.until !== undefined) return reading;
  const until = futureTime(reading.reason, now);
  return until === null ? reading : { ...reading, until };
}
