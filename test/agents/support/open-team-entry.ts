// A Belfry without a page, in a process of its own that a test can kill.
import { openTeam } from '../../../src/cli/open-team.ts';

const io = { stdout: () => {}, stderr: () => {}, env: process.env, cwd: process.cwd() };
const silent = { notify: () => {}, setTitle: () => {} };
await openTeam(process.cwd(), io, silent as never, error => {
  throw error;
});
setInterval(() => {}, 60_000);
