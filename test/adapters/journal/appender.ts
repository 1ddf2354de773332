// A child of the crash test: appends facts until it is killed, and says which are durable.
import { openJournal } from '../../../src/adapters/journal/file-journal.ts';

const journal = await openJournal(process.argv[2] ?? '', { epoch: 1 });
let at = journal.recovered.length;
const appendForEver = async () => {
  for (;;) {
    at += 2;
    const last = at;
    await journal.append([
      { at: last - 1, type: 'team.paused' },
      { at: last, type: 'team.resumed' },
    ]);
    process.stdout.write(`${last}\n`);
  }
};
await Promise.all([appendForEver(), appendForEver(), appendForEver()]);
