import { expect, test } from 'vitest';
import { commandEnvironment, passedEnvironment } from '../../src/cli/passed-environment.ts';

const io = (env: Readonly<Record<string, string | undefined>>) => ({
  ...{ env, cwd: '/', stdout: () => {}, stderr: () => {} },
});

test('a gate sees what its tools need and what team.yaml names, and no secret of the person', () => {
  const kept = {
    ...{ HOME: '/h', LC_ALL: 'C', HTTPS_PROXY: 'p', XDG_CACHE_HOME: '/c', TMPDIR: '/t' },
    ...{ npm_config_cache: '/n', CARGO_HOME: '/r', GOMODCACHE: '/g', VIRTUAL_ENV: '/v' },
    ...{ JAVA_HOME: '/j', GRADLE_USER_HOME: '/gr', DATABASE_URL: 'd' },
  };
  const secret = { AWS_SECRET_ACCESS_KEY: 's', GITHUB_TOKEN: 't', SSH_AUTH_SOCK: '/s' };
  const noise = { PWD: '/p', SHLVL: '1', _: 'x', UNSET: undefined };
  const { env, withheld } = commandEnvironment(io({ ...kept, ...secret, ...noise, PATH: '/bin' }), [
    'DATABASE_URL',
    'NOT_THERE',
  ]);
  expect(env).toEqual({ ...kept, PATH: expect.stringMatching(/:\/bin$/) });
  expect(withheld).toEqual(Object.keys(secret));
});

test('an agent is given the usual variables, and the homes of tools only by name', () => {
  const env = { HOME: '/h', CARGO_HOME: '/r', API_KEY: 'k', LC_TIME: 'C' };
  expect(passedEnvironment(env, ['API_KEY'])).toEqual({ HOME: '/h', API_KEY: 'k', LC_TIME: 'C' });
});
