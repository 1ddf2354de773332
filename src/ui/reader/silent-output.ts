import { EventEmitter } from 'node:events';

/** What Ink is given where nothing may be drawn: it keeps state and keys, and its frames reach nobody. */
export class SilentOutput extends EventEmitter {
  readonly isTTY = true;
  readonly columns = 100;
  readonly rows = 40;

  write(_text: string, callback?: () => void): boolean {
    if (callback) setImmediate(callback);
    return true;
  }

  close(): void {}
}
