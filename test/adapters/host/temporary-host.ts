import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { host } from '../../../src/adapters/host/host.ts';
import type { HostStage } from '../../contract/host.ts';

/** This machine with a folder of its own first on the PATH. */
export function temporaryHost(): HostStage & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'belfry-host-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  return {
    ...{ host, folder, env: { PATH: `${bin}:/usr/bin:/bin` } },
    /** As installers do: written beside it, then moved into its place. */
    install(name, version) {
      const fresh = join(folder, 'fresh');
      const says = version === null ? 'exit 3' : `printf '%s\\nmore\\n' '${version}'`;
      writeFileSync(fresh, `#!/bin/sh\n${says}\n`);
      chmodSync(fresh, 0o755);
      renameSync(fresh, join(bin, name));
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
