import { expect, test } from 'vitest';
import { createCodexCli } from '../../../src/adapters/agent-cli/codex/codex.ts';
import { createRolloutParser } from '../../../src/adapters/agent-cli/codex/rollout.ts';
import { loadManifests } from '../../../src/adapters/agent-cli/manifest/load-manifests.ts';
import { createManifestCli } from '../../../src/adapters/agent-cli/manifest/manifest-cli.ts';
import { noPrices } from '../../../src/adapters/agent-cli/prices.ts';
import type { Signal, StatusSigns } from '../../../src/ports/agent-cli.ts';

const codex = createCodexCli(noPrices);
const asks = 'Approval requested: rm -r build';
const signs = (more: Partial<StatusSigns> = {}): StatusSigns => ({
  ...{ told: [], title: '', notification: asks, lines: ['words'], quietMs: 5_000, now: 0 },
  ...more,
});
const told = (signals: readonly Signal[]) =>
  signals.flatMap(one =>
    one.kind === 'sign' ? [{ source: 'its rollout file', sign: one.sign, ageMs: 9_000 }] : [],
  );
const record = (payload: object) =>
  createRolloutParser(noPrices)(JSON.stringify({ type: 'event_msg', payload }));

test('where nothing else tells, Codex’s notification of an approval is believed', () => {
  expect(codex.readStatus(signs())).toMatchObject({
    ...{ status: 'permission', reason: 'its notification says approval requested: rm -r build' },
    question: { kind: 'permission', text: 'rm -r build' },
  });
});

test('it overrules nobody: an answered one, or a model that ends with such words, is no question', () => {
  const working = told(record({ type: 'task_started' }));
  expect(codex.readStatus(signs({ told: working })).status).toBe('working');
  const done = told(record({ type: 'task_complete' }));
  const lines = ['• Approval requested: rm -r build', '', '› Ask it', '', '  gpt-5 · ~/project'];
  expect(codex.readStatus(signs({ told: done, lines })).status).toBe('idle');
});

test('other notifications say nothing', () => {
  expect(codex.readStatus(signs({ notification: 'All done.' })).status).toBe('unknown');
});

test('a manifest may read notifications, too', () => {
  const gemini = loadManifests(['assets/agent-clis']).get('gemini');
  if (gemini === undefined) throw new Error('there is no gemini.yaml');
  const cli = createManifestCli(gemini);
  expect(cli.abilities.signals).toContain('its notification');
  const notification =
    'Gemini CLI needs your attention: Approval required | Approve tool action: Confirm Shell';
  expect(cli.readStatus(signs({ notification }))).toMatchObject({
    ...{ status: 'permission', question: { text: 'Confirm Shell' } },
  });
  expect(cli.readStatus(signs({ notification, title: '◇  Ready (x)' })).status).not.toBe('working');
});
