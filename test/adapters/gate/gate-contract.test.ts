import { describeGate } from '../../contract/gate.ts';
import { MemoryGate } from '../../support/memory-gate.ts';
import { MemoryRepository } from '../../support/memory-repository.ts';
import { temporaryGate } from './temporary-gate.ts';

describeGate('the gate with a shell', async () => {
  const { gate, commit, remove } = await temporaryGate();
  return { gate, commit, remove: async () => remove() };
});

describeGate('the memory', async () => {
  const repository = new MemoryRepository({});
  return {
    gate: new MemoryGate(repository),
    commit: async files =>
      repository.add({ files: new Map(Object.entries(files)), parents: [repository.trunk] }),
    remove: async () => {},
  };
});
