import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Invented keys, and where the fake model listens. */
export const furtherEnvironment = (url: string): Readonly<Record<string, string>> => ({
  ...{ GEMINI_API_KEY: 'fake', GOOGLE_GEMINI_BASE_URL: url },
  // It would ask the network for models and tools at each start.
  ...{ OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_LSP_DOWNLOAD: '1' },
});

const gemini = {
  security: { auth: { selectedType: 'gemini-api-key' } },
  general: { enableAutoUpdate: false },
  privacy: { usageStatisticsEnabled: false },
};

const opencode = (url: string) => ({
  ...{ autoupdate: false, share: 'disabled', enabled_providers: ['fake'] },
  ...{ model: 'fake/fake-model', small_model: 'fake/fake-model' },
  provider: {
    fake: {
      ...{ npm: '@ai-sdk/anthropic', name: 'Fake' },
      options: { baseURL: `${url}/v1`, apiKey: 'fake' },
      models: {
        'fake-model': {
          ...{ name: 'Fake Model', tool_call: true, limit: { context: 200_000, output: 8_192 } },
          cost: { input: 3, output: 15, cache_read: 0.3 },
        },
      },
    },
  },
});

/** opencode installs this beside its settings when it starts for the first time, from the network. */
const plugins = { dependencies: { '@opencode-ai/plugin': '1.18.33' } };

/** What a person who has set up Gemini CLI and opencode has in the home. */
export function writeFurtherHomes(home: string, url: string): void {
  const write = (folder: string, file: string, settings: object) => {
    mkdirSync(join(home, folder), { recursive: true });
    writeFileSync(join(home, folder, file), JSON.stringify(settings));
  };
  write('.gemini', 'settings.json', gemini);
  const settings = join('.config', 'opencode');
  write(settings, 'opencode.json', opencode(url));
  write(settings, 'package.json', plugins);
  write(settings, 'package-lock.json', { lockfileVersion: 3, packages: { '': plugins } });
  mkdirSync(join(home, settings, 'node_modules'));
}
