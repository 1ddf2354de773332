import { agentCliNames } from '../../adapters/agent-cli/registry.ts';
import type { GuessedGate } from '../../adapters/config/guess-gate.ts';
import type { GuessedSetup } from '../../adapters/config/guess-setup.ts';
import { programPath } from '../../adapters/host/program-path.ts';
import { programVersion } from '../../adapters/host/program-version.ts';
import type { AgentCli } from '../../ports/agent-cli.ts';
import type { FactsSource, OfferedCli, SetupFacts } from '../../ui/setup/setup.ts';
import { scriptedCli } from '../../ui/setup/setup.ts';
import { foundClis } from '../agent-clis/found-clis.ts';
import { loadAgentManifests } from '../agent-clis/load-agent-manifests.ts';
import { loginOf, plainCli } from '../agent-clis/login.ts';

type Env = Readonly<Record<string, string | undefined>>;

type Place = {
  readonly root: string;
  readonly name: string;
  readonly gate: GuessedGate | null;
  readonly setup: GuessedSetup | null;
};

/** What the set-up shows, looked for on this machine; versions come in one after the other. */
export class SetupFinder implements FactsSource {
  readonly #env: Env;
  readonly #clis: readonly AgentCli[];
  readonly #listeners = new Set<() => void>();
  #facts: SetupFacts;

  constructor(place: Place, env: Env) {
    this.#env = env;
    const manifests = loadAgentManifests(place.root);
    this.#clis = agentCliNames(manifests)
      .filter(name => name !== scriptedCli)
      .map(name => plainCli(name, manifests));
    const { name: repository, gate, setup } = place;
    this.#facts = { repository, gate, setup, ...this.#seen() };
    void this.#askVersions();
  }

  readonly get = (): SetupFacts => this.#facts;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Somebody installed a program, or logged in, meanwhile. */
  lookAgain(): void {
    this.#change(this.#seen());
    void this.#askVersions();
  }

  #seen(): Pick<SetupFacts, 'offered' | 'missing' | 'defaults'> {
    const isHere = (cli: AgentCli) => programPath(cli.abilities.program, this.#env) !== null;
    const offered = this.#clis.filter(isHere).map(
      (cli): OfferedCli => ({
        name: cli.name,
        version: undefined,
        login: loginOf(cli.abilities, this.#env),
      }),
    );
    const missing = this.#clis.filter(cli => !isHere(cli)).map(cli => cli.name);
    const found = foundClis(this.#env);
    const cli = found?.cli ?? offered[0]?.name ?? scriptedCli;
    const engineer = found?.engineerCli ?? cli;
    return { offered, missing, defaults: { architect: cli, manager: cli, engineer } };
  }

  async #askVersions(): Promise<void> {
    for (const cli of this.#clis) {
      const path = programPath(cli.abilities.program, this.#env);
      if (path === null) continue;
      const version = await programVersion(path, this.#env).catch(() => null);
      this.#change({
        offered: this.#facts.offered.map(one =>
          one.name === cli.name ? { ...one, version } : one,
        ),
      });
    }
  }

  #change(change: Partial<SetupFacts>): void {
    this.#facts = { ...this.#facts, ...change };
    for (const listener of this.#listeners) listener();
  }
}
