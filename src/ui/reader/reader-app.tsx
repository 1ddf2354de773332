import { useEffect, useRef } from 'react';
import { usePage } from '../hooks/page-context.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { usePerform } from '../hooks/use-perform.ts';
import type { TerminalOutput } from '../io/ink-output.ts';
import type { Intent } from '../model/model.ts';
import { Voice } from './voice.ts';

type Props = { readonly output: TerminalOutput; readonly greeting: string };

/** The page for a screen reader: the same keys and actions, lines instead of panels. */
export function ReaderApp({ output, greeting }: Props) {
  const { store, feed } = usePage();
  const voice = useRef<Voice | null>(null);
  const perform = usePerform();
  useKeys((intents: readonly Intent[]) => {
    if (intents.some(intent => intent.kind === 'redraw')) voice.current?.sayStatus();
    else perform(intents);
  });
  useEffect(() => {
    const opened = new Voice(store, feed, output, greeting);
    voice.current = opened;
    return () => opened.close();
  }, [store, feed, output, greeting]);
  return null;
}
