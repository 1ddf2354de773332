import { aimed, type Line, span } from '../line.ts';

/** A key in a box, which can be clicked too. */
export const keyed = (key: string, text: string): Line =>
  aimed([span(text, 'quiet')], { kind: 'key', key });
