import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { loadManifests } from '../../src/adapters/agent-cli/manifest/load-manifests.ts';
import { noPrices } from '../../src/adapters/agent-cli/prices.ts';
import {
  type ReplayedReading,
  readHookRecord,
  replay,
} from '../../src/adapters/agent-cli/recording/replay.ts';
import { createAgentCli, recordedHookParser } from '../../src/adapters/agent-cli/registry.ts';
import { readCast } from '../../src/adapters/recording/read-cast.ts';

const folder = 'test/fixtures/recordings/';
const manifests = loadManifests(['assets/agent-clis']);

/** An agent CLI as it runs, without a program. */
export const agentCliNamed = (name: string) =>
  createAgentCli(name, {
    manifests,
    prices: noPrices,
    scripted: { command: ['none'], scenario: '', speed: 1 },
  });

/** `claude/claude-commit` to what was true at each of its marks. */
export const recordedStates = parse(readFileSync(`${folder}states.yaml`, 'utf8')) as Readonly<
  Record<string, readonly (readonly [mark: string, status: string])[]>
>;

export const recordingNames: readonly string[] = readdirSync(folder, { recursive: true })
  .map(String)
  .filter(name => name.endsWith('.cast'))
  .map(name => name.slice(0, -'.cast'.length))
  .sort();

/** One reading per mark, with what the CLI's hooks told then or by screen and title alone. */
export function readRecording(
  name: string,
  { withHooks }: { readonly withHooks: boolean },
): readonly ReplayedReading[] {
  const cli = name.split('/')[0] ?? '';
  const recording = readCast(readFileSync(`${folder}${name}.cast`, 'utf8'));
  const hookFile = `${folder}${name}.hooks.jsonl`;
  const hooks =
    withHooks && existsSync(hookFile)
      ? readHookRecord(readFileSync(hookFile, 'utf8'), recording.startedAt ?? 0)
      : [];
  const parseHook = recordedHookParser(cli);
  return replay(agentCliNamed(cli), recording, { hooks, ...(parseHook && { parseHook }) });
}
