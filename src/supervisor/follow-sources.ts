import type { Signal, SignalSource, TailLines, WatchText } from '../ports/agent-cli.ts';

export type Follow = {
  readonly tailLines: TailLines;
  readonly watchText: WatchText;
};

/** Sources that name each other without end must not use up the machine. */
const sourcesMax = 32;

/** Follows files and what they refer to, each path once. Returns what stops it. */
export function followSources(
  sources: readonly SignalSource[],
  { tailLines, watchText }: Follow,
  onSignal: (source: string, signal: Signal) => void,
): () => void {
  const stops = new Map<string, () => void>();
  const follow = (source: SignalSource): void => {
    if (stops.has(source.path) || stops.size >= sourcesMax) return;
    const take = (text: string): void => {
      for (const signal of source.parse(text)) {
        if (signal.kind === 'follow') follow(signal.source);
        else onSignal(source.name, signal);
      }
    };
    const { path, reading } = source;
    const from = reading === 'newLines' ? 'end' : 'start';
    stops.set(path, reading === 'whole' ? watchText(path, take) : tailLines(path, take, { from }));
  };
  for (const source of sources) follow(source);
  return () => {
    for (const stop of stops.values()) stop();
  };
}
