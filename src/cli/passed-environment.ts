import { delimiter, dirname } from 'node:path';
import type { Io } from './io.ts';

/** What every program of the team may know of the person's environment. Everything else needs a name in team.yaml. */
const usual: readonly string[] = [
  ...['HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'TZ', 'TMPDIR'],
  ...['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'],
];

/** Where tools are and keep what they fetched, and how they are told to behave. None is made to hold a secret. */
const tools: readonly string[] = [
  ...['TERM', 'CI', 'NO_COLOR', 'FORCE_COLOR', 'XDG_RUNTIME_DIR', 'DOCKER_HOST', 'DOCKER_CONTEXT'],
  ...['ALL_PROXY', 'all_proxy', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO'],
  ...['NODE_OPTIONS', 'NODE_PATH', 'NVM_DIR', 'NVM_BIN', 'FNM_DIR', 'VOLTA_HOME', 'COREPACK_HOME'],
  ...['npm_config_cache', 'npm_config_prefix', 'npm_config_registry', 'npm_config_userconfig'],
  ...['NPM_CONFIG_CACHE', 'NPM_CONFIG_PREFIX', 'NPM_CONFIG_REGISTRY', 'NPM_CONFIG_USERCONFIG'],
  ...['PNPM_HOME', 'YARN_CACHE_FOLDER', 'YARN_GLOBAL_FOLDER', 'BUN_INSTALL', 'DENO_DIR'],
  ...['PLAYWRIGHT_BROWSERS_PATH', 'CYPRESS_CACHE_FOLDER', 'PUPPETEER_CACHE_DIR', 'CHROME_BIN'],
  ...['CARGO_HOME', 'CARGO_TARGET_DIR', 'RUSTUP_HOME', 'RUSTUP_TOOLCHAIN', 'RUSTFLAGS'],
  ...['GOPATH', 'GOROOT', 'GOCACHE', 'GOMODCACHE', 'GOBIN', 'GOFLAGS', 'GOTOOLCHAIN', 'GOPROXY'],
  ...['GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOSUMDB', 'CGO_ENABLED'],
  ...['VIRTUAL_ENV', 'CONDA_PREFIX', 'CONDA_EXE', 'CONDA_DEFAULT_ENV', 'PYENV_ROOT', 'PYTHONPATH'],
  ...['PIP_CACHE_DIR', 'PIPX_HOME', 'POETRY_HOME', 'POETRY_CACHE_DIR', 'UV_CACHE_DIR', 'UV_PYTHON'],
  ...['JAVA_HOME', 'JAVA_TOOL_OPTIONS', 'MAVEN_HOME', 'M2_HOME', 'MAVEN_OPTS', 'SDKMAN_DIR'],
  ...['GRADLE_HOME', 'GRADLE_USER_HOME', 'GRADLE_OPTS', 'ANDROID_HOME', 'ANDROID_SDK_ROOT'],
  ...['GEM_HOME', 'GEM_PATH', 'BUNDLE_PATH', 'RBENV_ROOT', 'COMPOSER_HOME', 'COMPOSER_CACHE_DIR'],
  ...['DOTNET_ROOT', 'DOTNET_CLI_HOME', 'NUGET_PACKAGES', 'MIX_HOME', 'HEX_HOME', 'PUB_CACHE'],
  ...['STACK_ROOT', 'CABAL_DIR', 'OPAMROOT', 'FLUTTER_ROOT', 'ASDF_DIR', 'ASDF_DATA_DIR'],
  ...['MISE_DATA_DIR', 'MISE_CONFIG_DIR', 'NIX_PATH', 'NIX_PROFILES', 'NIX_SSL_CERT_FILE'],
  ...['CC', 'CXX', 'CFLAGS', 'CXXFLAGS', 'CPPFLAGS', 'LDFLAGS', 'LD_LIBRARY_PATH', 'MAKEFLAGS'],
  ...['PKG_CONFIG_PATH', 'CMAKE_PREFIX_PATH', 'CCACHE_DIR', 'SCCACHE_DIR', 'SDKROOT'],
  ...['DEVELOPER_DIR', 'HOMEBREW_PREFIX'],
];

/** What the shell and the terminal set for themselves: no command misses it. */
const ofTheShell =
  /^(_|PWD|OLDPWD|SHLVL|PATH|HOSTNAME|MAIL|EDITOR|VISUAL|PAGER|LESS\w*|LS_COLORS|COLORTERM|COLUMNS|LINES|DISPLAY|TERM_\w+|TMUX\w*|STY|PS\d|HIST\w*|BELFRY_\w*)$/;

/** Of the person's environment the usual variables, those of the locale, and those of these names. */
export function passedEnvironment(
  env: Io['env'],
  names: readonly string[],
): Readonly<Record<string, string>> {
  const passed = new Set([...usual, ...names]);
  const kept = Object.entries(env).filter(
    ([name, value]) => value !== undefined && (passed.has(name) || name.startsWith('LC_')),
  );
  return Object.fromEntries(kept) as Record<string, string>;
}

export type CommandEnvironment = {
  readonly env: Readonly<Record<string, string>>;
  /** Names of the person's variables that are not in it. */
  readonly withheld: readonly string[];
};

/**
 * The whole environment of gate, setup and acceptance commands. They run what agents wrote, and what they
 * print is typed back to agents: what is secret must not be in it by itself.
 */
export function commandEnvironment(io: Io, names: readonly string[]): CommandEnvironment {
  const env = { ...passedEnvironment(io.env, [...tools, ...names]), PATH: pathWithNode(io) };
  const withheld = Object.keys(io.env).filter(
    name => io.env[name] !== undefined && !Object.hasOwn(env, name) && !ofTheShell.test(name),
  );
  return { env, withheld };
}

/** The person's PATH behind the folder of the Node that runs Belfry. */
export const pathWithNode = (io: Io): string =>
  [dirname(process.execPath), io.env['PATH'] ?? '/usr/bin:/bin'].join(delimiter);
