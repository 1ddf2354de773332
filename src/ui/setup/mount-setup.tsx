import { Box, render, useInput, usePaste, useWindowSize } from 'ink';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Compositor } from '../io/compositor.ts';
import { inkOptions } from '../io/ink-options.ts';
import { InkOutput, type TerminalOutput } from '../io/ink-output.ts';
import { Keyboard, type TerminalInput } from '../io/keyboard.ts';
import { reportModes } from '../io/modes.ts';
import { keyNames } from '../keymap/key-names.ts';
import type { MouseEvent } from '../mouse/mouse-input.ts';
import { emptyLine, fitLine, targetAt } from '../present/line.ts';
import { type PageSettings, themeOf } from '../settings.ts';
import { paintLine } from '../theme/theme.ts';
import { type Choice, choiceOf, type FactsSource, firstSetup, type Setup } from './setup.ts';
import { type SetupAnswer, setupClick, setupKey, setupPaste } from './setup-key.ts';
import { setupPage } from './setup-rows.ts';

export type SetupOptions = {
  readonly facts: FactsSource;
  readonly settings: PageSettings;
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput;
  /** Writes the team; resolves with a sentence for the person when that was refused. */
  readonly start: (choice: Choice) => Promise<string | null>;
  readonly lookAgain: () => void;
  readonly leave: () => void;
};

export type MountedSetup = {
  /** Gives the terminal back. May be called twice. */
  unmount(): void;
  /** Rejects with the error that took the page down. */
  waitUntilExit(): Promise<void>;
};

/** Draws the set-up of a repository without a team, and reads its keys until `unmount`. */
export function mountSetup(options: SetupOptions): MountedSetup {
  const { settings, stdin, stdout } = options;
  const compositor = new Compositor(stdout, settings.theme !== 'mono');
  const output = new InkOutput(stdout, compositor);
  const mouse: Mouse = { listener: () => {} };
  const keyboard = new Keyboard(stdin, {
    ...{ leaveKey: '', typingTo: () => null, leave: () => {} },
    ...{ focusChanged: () => {}, typed: () => {} },
    mouse: event => mouse.listener(event),
  });
  const ink = render(
    <SetupPage options={options} compositor={compositor} mouse={mouse} />,
    inkOptions(output, keyboard),
  );
  stdout.on('error', () => compositor.close());
  const modes = reportModes(settings);
  stdout.write(modes.enter);
  let isMounted = true;
  return {
    unmount() {
      if (!isMounted) return;
      isMounted = false;
      compositor.close();
      stdout.write(modes.leave);
      ink.unmount();
      keyboard.close();
      output.close();
    },
    waitUntilExit: async () => {
      await ink.waitUntilExit();
    },
  };
}

/** Whoever draws the page says what the mouse does on it. */
type Mouse = { listener: (event: MouseEvent) => void };
type Props = {
  readonly options: SetupOptions;
  readonly compositor: Compositor;
  readonly mouse: Mouse;
};

function SetupPage({ options, compositor, mouse }: Props) {
  const { columns, rows } = useWindowSize();
  const facts = useSyncExternalStore(options.facts.subscribe, options.facts.get);
  const [setup, show] = useState(firstSetup);
  // Keys can come faster than React draws; each must see what the one before it did.
  const newest = useRef(setup);
  const change = (next: Setup): void => {
    newest.current = next;
    show(next);
  };
  const obey = (answer: SetupAnswer): void => {
    change(answer.setup);
    if (answer.ask === 'leave') options.leave();
    if (answer.ask === 'look') options.lookAgain();
    if (answer.ask === 'start')
      void options.start(choiceOf(answer.setup, options.facts.get())).then(problem => {
        if (problem !== null) change({ ...newest.current, isStarting: false, problem });
      });
  };
  useInput((input, key) => {
    for (const name of keyNames(input, key))
      obey(setupKey(newest.current, options.facts.get(), name));
  });
  useEffect(() => {
    mouse.listener = event => {
      const now = options.facts.get();
      if (event.kind === 'wheel')
        return obey(setupKey(newest.current, now, event.by === 1 ? 'down' : 'up'));
      const line = setupPage(newest.current, now, columns, rows)[event.y] ?? emptyLine;
      obey(setupClick(newest.current, now, targetAt(line, event.x)));
    };
  });
  usePaste(text => change(setupPaste(newest.current, options.facts.get(), text)));
  const theme = themeOf(options.settings);
  const lines = setupPage(setup, facts, columns, rows);
  const painted = Array.from({ length: rows }, (_, y) =>
    paintLine(fitLine(lines[y] ?? emptyLine, columns), theme),
  );
  useLayoutEffect(() => {
    const rect = { x: 0, y: 0, width: columns, height: rows };
    compositor.setBlock('setup', { rect, rows: painted, isFront: false });
  });
  return <Box width={columns} height={rows} />;
}
