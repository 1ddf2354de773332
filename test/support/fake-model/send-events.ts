import type { ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';

/** Named by its type, where the provider's form has one. */
type FakeEvent = { readonly type?: string; readonly isPaced?: boolean } & Readonly<
  Record<string, unknown>
>;

/** Writes server-sent events, waiting before the paced ones. Resolves with false when nobody listens any more. */
export async function sendEvents(
  response: ServerResponse,
  paceMs: number,
  events: readonly FakeEvent[],
): Promise<boolean> {
  let isOpen = true;
  response.on('close', () => {
    isOpen = false;
  });
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  for (const { isPaced, ...event } of events) {
    if (isPaced === true) await after(paceMs);
    if (!isOpen) return false;
    const name = event.type === undefined ? '' : `event: ${event.type}\n`;
    response.write(`${name}data: ${JSON.stringify(event)}\n\n`);
  }
  response.end();
  return true;
}
