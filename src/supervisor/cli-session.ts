import { createHash } from 'node:crypto';

/**
 * The id under which an agent CLI keeps a session, as a UUID: always the same, so that a session is found again, and
 * another one for another repository (`salt`), since programs keep sessions by id for ever.
 */
export function sessionIdOf(salt: string, session: string): string {
  return uuidOf(`${salt} ${session}`);
}

/** A UUID that is always the same for the same text (version 8 of RFC 9562: vendor-defined). */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex[16] as string, 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
