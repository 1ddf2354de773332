// A program: creates tasks on the board in the folder of its first argument, as another process would.
import { createBoardFiles } from '../../../src/adapters/board/board-files.ts';
import { plainContent } from '../../contract/plain-content.ts';

const [, , folder = '', name = '', count = '0'] = process.argv;
const board = createBoardFiles({ folder, record: null });
for (let n = 0; n < Number(count); n += 1)
  console.log(await board.create({ ...plainContent, title: `${name} ${n}` }, 'person'));
