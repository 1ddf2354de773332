import type { RenderOptions } from 'ink';
import type { Keyboard } from './keyboard.ts';

/** How Ink is run everywhere: on the whole screen, behind our own output and keyboard. */
export const inkOptions = (output: object, keyboard: Keyboard): RenderOptions => ({
  // In this mode Ink hands over whole frames, unthrottled; the compositor writes what differs.
  debug: true,
  stdout: output as unknown as NodeJS.WriteStream,
  stdin: keyboard.inkInput as unknown as NodeJS.ReadStream,
  interactive: true,
  alternateScreen: true,
  exitOnCtrlC: false,
  patchConsole: false,
});
