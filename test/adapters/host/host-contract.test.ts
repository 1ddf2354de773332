import { testHost } from '../../contract/host.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { temporaryHost } from './temporary-host.ts';

testHost('this machine', temporaryHost);

testHost('in memory', () => {
  const host = new MemoryHost();
  let files = 0;
  return {
    ...{ host, env: {} },
    install(name, version) {
      files += 1;
      host.programs.set(name, { mark: `file ${files}`, version });
    },
    close: () => {},
  };
});
