// Builds dist/: the bundled program, its launcher and the assets it ships with. What a command loads only
// when it needs it stands in parts of its own: one file would be read whole at every start.
import { chmodSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { joinParts } from './join-parts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist`, { recursive: true, force: true });
mkdirSync(`${root}dist`);

const options = {
  absWorkingDir: root,
  entryPoints: { belfry: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'parts/[name]-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node22',
  jsx: 'automatic',
  minifySyntax: true,
  define: {
    // React picks its fast build by this name.
    'process.env.NODE_ENV': '"production"',
    // Yoga would load its own WebAssembly through fetch, and with it Node's whole HTTP client: 35 ms of
    // every start. Without fetch it decodes the bytes itself. Belfry never opens a connection.
    fetch: 'undefined',
    'Intl.Segmenter': 'LazySegmenter',
  },
  inject: ['.ci/lazy-segmenter.mjs'],
  // Native: it looks for its binary beside itself.
  external: ['node-pty'],
  // Ink imports its debugger's package by name, and uses it only when DEV is set.
  alias: {
    'react-devtools-core': './.ci/no-devtools.mjs',
    'string-width': './.ci/quick-string-width.mjs',
    'real-string-width': './node_modules/string-width/index.js',
  },
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(import.meta.url);",
  },
  logLevel: 'warning',
};
const { metafile } = await build({ ...options, metafile: true });
await joinParts({
  ...{ root, options, outputs: metafile.outputs },
  steps: {
    start: ['src/cli/main.ts', 'src/cli/run-command.ts'],
    page: ['src/cli/page/open-page.ts', 'src/cli/page/page-settings.ts'],
  },
});

cpSync(`${root}assets/launcher.sh`, `${root}dist/belfry`);
chmodSync(`${root}dist/belfry`, 0o755);
