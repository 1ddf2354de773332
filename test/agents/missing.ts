// Names the agent CLIs whose tests are not run because they are not in the cache; nothing when all are there.
import { notInstalled } from './support/pinned-clis.ts';

const missing = notInstalled();
if (missing.length > 0) process.stdout.write(`${missing.join(', ')}\n`);
