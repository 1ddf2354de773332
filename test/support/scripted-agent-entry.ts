// Starts the scripted agent as `belfry scripted-agent …` does, from its sources.
import { runScriptedAgent } from '../../src/cli/scripted-agent/run-scripted-agent.ts';
import { UserError } from '../../src/cli/user-error.ts';

try {
  process.exitCode = await runScriptedAgent(process.argv.slice(3));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
