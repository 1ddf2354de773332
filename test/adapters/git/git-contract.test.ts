import { describeTrunk } from '../../contract/trunk.ts';
import { describeWorktrees } from '../../contract/worktrees.ts';
import { MemoryRepository } from '../../support/memory-repository.ts';
import { MemoryTrunk } from '../../support/memory-trunk.ts';
import { MemoryWorktrees } from '../../support/memory-worktrees.ts';
import { commitIn, eng1, readIn, temporaryTeam, writeFiles } from './temporary-team.ts';

describeTrunk('the hub', async () => {
  const team = await temporaryTeam();
  return {
    trunk: team.trunk,
    commit: async files => team.commit(files),
    edit: async files => team.write(files),
    read: async path => team.read(path),
    work: (task, files) => team.work(files, task),
    remove: async () => team.remove(),
  };
});

describeWorktrees('real worktrees', async () => {
  const { worktrees, trunk, base, commit, remove } = await temporaryTeam();
  return {
    ...{ worktrees, base },
    async advance(files) {
      commit(files);
      return trunk.head();
    },
    write: async (agent, files) => writeFiles(worktrees.pathOf(agent), files),
    read: async (agent, path) => readIn(worktrees.pathOf(agent), path),
    commit: async (agent, files) => commitIn(worktrees.pathOf(agent), files),
    remove: async () => remove(),
  };
});

const start = { 'a.txt': 'a\n', 'b.txt': 'b\n' };

describeTrunk('the memory', async () => {
  const repository = new MemoryRepository(start);
  const worktrees = new MemoryWorktrees(repository);
  const trunk = new MemoryTrunk(repository);
  return {
    trunk,
    commit: async files => repository.commitAsPerson(files),
    edit: async files => repository.editAsPerson(files),
    read: async path => repository.checkout.get(path) ?? null,
    async work(task, files) {
      await worktrees.startTask(eng1, task, await trunk.head());
      return worktrees.commit(eng1, files);
    },
    remove: async () => {},
  };
});

describeWorktrees('worktrees in memory', async () => {
  const repository = new MemoryRepository(start);
  const worktrees = new MemoryWorktrees(repository);
  const trunk = new MemoryTrunk(repository);
  return {
    worktrees,
    base: await trunk.head(),
    async advance(files) {
      repository.commitAsPerson(files);
      return trunk.head();
    },
    write: async (agent, files) => worktrees.write(agent, files),
    read: async (agent, path) => worktrees.read(agent, path),
    commit: async (agent, files) => worktrees.commit(agent, files),
    remove: async () => {},
  };
});
