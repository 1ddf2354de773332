// A Belfry without a page, in a process of its own that a test can kill.
import { openTeam } from '../../../src/cli/open-team.ts';

const io = { stdout: () => {}, stderr: () => {}, env: process.env, cwd: process.cwd() };
await openTeam(process.cwd(), io, error => {
  throw error;
});
setInterval(() => {}, 60_000);
