import { describeBoardFiles } from '../../contract/board-files.ts';
import { MemoryBoardFiles } from '../../support/memory-board-files.ts';
import { temporaryBoard } from './temporary-board.ts';

describeBoardFiles('the folder', async () => temporaryBoard());

describeBoardFiles('the memory', async () => {
  const files = new MemoryBoardFiles();
  return {
    files,
    edit: async (fileName, text) => files.edit(fileName, text),
    text: async fileName => files.files.get(fileName) ?? null,
    fileNames: async () => [...files.files.keys()].sort(),
    reopen: async () => new MemoryBoardFiles(files),
    remove: () => {},
  };
});
