import { loadManifests } from '../../../src/adapters/agent-cli/manifest/load-manifests.ts';
import { loadPrices } from '../../../src/adapters/agent-cli/prices.ts';
import { agentCliNames, createAgentCli } from '../../../src/adapters/agent-cli/registry.ts';
import { testAgentCli } from '../../contract/agent-cli.ts';

const manifests = loadManifests(['assets/agent-clis']);
const options = {
  scripted: { command: ['belfry'], scenario: 'scenario.yaml', speed: 1 },
  ...{ manifests, prices: loadPrices('assets/prices.yaml') },
} as const;

for (const name of agentCliNames(manifests))
  testAgentCli(
    name,
    () => createAgentCli(name, options),
    // It tells by its title what others tell in a second file.
    name === 'scripted' ? { title: '✳ scripted eng-1' } : {},
  );
