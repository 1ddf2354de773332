import { defaultPolicy } from '../../core/policy.ts';
import { emptyState } from '../../core/state.ts';
import type { Replays } from '../../ports/records/replays.ts';
import type { TeamFile } from '../../ports/team-file.ts';
import type { TeamStore } from '../../ports/team-store.ts';

/**
 * Lets the page draw before the team exists: repository, journal and worktrees take longer to open than
 * a person should wait for a first frame.
 */
export class DeferredStore implements TeamStore, Replays {
  readonly repositoryName: string;
  #inner: TeamStore | null = null;
  #replays: Replays | null = null;
  #file: TeamFile | null = null;
  #notices: readonly string[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #gateListeners = new Set<() => void>();

  constructor(repositoryName: string) {
    this.repositoryName = repositoryName;
  }

  attach(inner: TeamStore, replays: Replays, teamFile: TeamFile): void {
    this.#inner = inner;
    this.#replays = replays;
    this.#file = teamFile;
    teamFile.subscribe(() => this.#tell());
    inner.subscribe(() => this.#tell());
    inner.onGateChange(() => this.#tellOfGate());
    this.#tell();
  }

  addNotice(text: string): void {
    this.#notices = [...this.#notices, text];
    this.#tell();
  }

  get policy() {
    return this.#inner?.policy ?? defaultPolicy;
  }

  get readOnly() {
    return this.#inner?.readOnly ?? null;
  }

  get notices(): readonly string[] {
    const inner = this.#inner?.notices ?? [];
    return inner.length === 0 ? this.#notices : [...this.#notices, ...inner];
  }

  readonly teamFile: TeamFile = {
    change: () => this.#file?.change() ?? null,
    subscribe: listener => this.subscribe(listener),
    apply: () => this.#file?.apply(),
  };

  getState = () => this.#inner?.getState() ?? emptyState;

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  recentEvents = () => this.#inner?.recentEvents() ?? [];
  command: TeamStore['command'] = command =>
    this.#inner?.command(command) ?? Promise.resolve('the team is still starting');
  personActed = () => this.#inner?.personActed();

  addTask: TeamStore['addTask'] = content =>
    this.#inner?.addTask(content) ?? Promise.resolve({ refused: 'the team is still starting' });
  setPriority: TeamStore['setPriority'] = (task, priority) =>
    this.#inner?.setPriority(task, priority) ?? Promise.resolve('the team is still starting');
  taskFile: TeamStore['taskFile'] = task => this.#inner?.taskFile(task) ?? Promise.resolve(null);
  worktreeOf: TeamStore['worktreeOf'] = agent => this.#inner?.worktreeOf(agent) ?? null;
  terminalOf: TeamStore['terminalOf'] = agent => this.#inner?.terminalOf(agent) ?? null;
  concerns: TeamStore['concerns'] = () => this.#inner?.concerns() ?? [];
  noteConcern: TeamStore['noteConcern'] = key => this.#inner?.noteConcern(key);
  branchPairs: TeamStore['branchPairs'] = () => this.#inner?.branchPairs() ?? [];
  receiptsOf: TeamStore['receiptsOf'] = task => this.#inner?.receiptsOf(task) ?? [];
  get isRecording(): boolean {
    return this.#replays?.isRecording ?? true;
  }
  replayOf: Replays['replayOf'] = agent => this.#replays?.replayOf(agent) ?? Promise.resolve(null);
  gateRun = () => this.#inner?.gateRun() ?? null;
  diffOf: TeamStore['diffOf'] = task => this.#inner?.diffOf(task) ?? Promise.resolve('');
  now = () => this.#inner?.now() ?? Date.now();

  onGateChange(listener: () => void): () => void {
    this.#gateListeners.add(listener);
    return () => this.#gateListeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #tellOfGate(): void {
    for (const listener of this.#gateListeners) listener();
  }
}
