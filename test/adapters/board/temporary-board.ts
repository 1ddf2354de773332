import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBoardFiles } from '../../../src/adapters/board/board-files.ts';
import type { ContractBoard } from '../../contract/board-files.ts';

/** A board in a real folder, with the record beside it. */
export function temporaryBoard(): ContractBoard & {
  readonly folder: string;
  readonly record: string;
} {
  const root = mkdtempSync(join(tmpdir(), 'belfry-'));
  const folder = join(root, '.belfry', 'tasks');
  const record = join(root, 'board.json');
  const open = () => createBoardFiles({ folder, record });
  return {
    folder,
    record,
    files: open(),
    async edit(fileName, text) {
      mkdirSync(folder, { recursive: true });
      if (text === null) return rmSync(join(folder, fileName));
      writeFileSync(join(folder, fileName), text);
    },
    async text(fileName) {
      const path = join(folder, fileName);
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    },
    fileNames: async () => (existsSync(folder) ? readdirSync(folder).sort() : []),
    reopen: async () => open(),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  };
}
