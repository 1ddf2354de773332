// A child of the lock's stress test: takes and gives back the lock, then dies while it holds it.
import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { acquireInstanceLock } from '../../../src/adapters/journal/instance-lock.ts';

const [folder = '', record = '', rounds = '1', end = 'kill'] = process.argv.slice(2);
for (let round = 1; round <= Number(rounds); ) {
  const answer = acquireInstanceLock(folder);
  if (!answer.ok) {
    await delay(1);
    continue;
  }
  appendFileSync(record, `start ${answer.epoch}\n`);
  await delay(1);
  if (round === Number(rounds)) {
    if (end === 'kill') process.kill(process.pid, 'SIGKILL');
    await new Promise(() => setInterval(() => {}, 60_000));
  }
  appendFileSync(record, `end ${answer.epoch}\n`);
  answer.release();
  round += 1;
}
