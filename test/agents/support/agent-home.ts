import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PinnedCli } from './pinned-clis.ts';

const fakeKey = 'sk-ant-fake-0000000000000000000000';
/** Ten, with growing waits between them, take minutes. */
const retries = '2';

/** How a person may have logged in: by variables, which team.yaml has to name, or by files of the agent CLIs. */
export type Login = 'variables' | 'files';

/** A HOME in which Claude Code and Codex have been started once, with invented keys for the model at this address. */
export function createAgentHome(home: string, modelUrl: string, login: Login): void {
  mkdirSync(join(home, '.claude'), { recursive: true });
  mkdirSync(join(home, '.codex'), { recursive: true });
  const claude = {
    ...{ hasCompletedOnboarding: true, theme: 'dark', autoUpdates: false },
    customApiKeyResponses: { approved: [fakeKey.slice(-20)], rejected: [] },
  };
  writeFileSync(join(home, '.claude.json'), JSON.stringify(claude));
  if (login === 'files') {
    const { ANTHROPIC_API_KEY: _key, FAKE_API_KEY: _other, ...env } = loginVariables(modelUrl);
    const settings = { apiKeyHelper: `echo ${fakeKey}`, env };
    writeFileSync(join(home, '.claude', 'settings.json'), JSON.stringify(settings));
  }
  writeFileSync(
    join(home, '.codex', 'config.toml'),
    `model = "gpt-5.1-codex"
model_provider = "fake"
[model_providers.fake]
name = "Fake"
base_url = "${modelUrl}/v1"
wire_api = "responses"
${login === 'files' ? 'experimental_bearer_token = "fake"' : 'env_key = "FAKE_API_KEY"'}
request_max_retries = ${retries}
stream_max_retries = ${retries}
[analytics]
enabled = false
`,
  );
}

/** Of those, Belfry passes on by itself only where the model is; team.yaml names the others. */
export const loginVariables = (modelUrl: string) => ({
  ANTHROPIC_BASE_URL: modelUrl,
  ANTHROPIC_API_KEY: fakeKey,
  FAKE_API_KEY: 'fake',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  CLAUDE_CODE_MAX_RETRIES: retries,
});

/** Where each keeps its sessions, in the HOME. */
export const sessionFolders: Readonly<Record<PinnedCli['name'], string>> = {
  ...{ claude: '.claude/projects', codex: '.codex/sessions' },
  ...{ gemini: '.gemini/tmp', opencode: '.local/share/opencode' },
};
