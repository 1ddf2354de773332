// Builds dist/: one bundled program, its launcher and the assets it ships with.
import { chmodSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist`, { recursive: true, force: true });
mkdirSync(`${root}dist`);

await build({
  absWorkingDir: root,
  entryPoints: { belfry: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  jsx: 'automatic',
  minifySyntax: true,
  // React picks its fast build by this name.
  define: { 'process.env.NODE_ENV': '"production"' },
  // Native: it looks for its binary beside itself. Ink loads the second only for its debugger.
  external: ['node-pty', 'react-devtools-core'],
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(import.meta.url);",
  },
  logLevel: 'warning',
});

cpSync(`${root}assets/launcher.sh`, `${root}dist/belfry`);
chmodSync(`${root}dist/belfry`, 0o755);
