import type { Disk, Environment, Host, HostProgram } from '../../src/ports/host.ts';

/** A machine whose programs and disks are what a test says. */
export class MemoryHost implements Host {
  /** By program name: the mark of its file and the version that it tells. */
  readonly programs = new Map<string, { readonly mark: string; readonly version: string | null }>();
  /** By folder. */
  readonly disks = new Map<string, Disk>();
  /** Programs that were asked for their version, in order. */
  readonly asked: string[] = [];
  /** Whether a program takes for ever to tell its version: until it is given up. */
  hangs = false;
  /** Programs that are being asked. */
  running = 0;

  program(name: string): HostProgram | null {
    const found = this.programs.get(name);
    return found === undefined ? null : { path: `/bin/${name}`, mark: found.mark };
  }

  async version(path: string, _env: Environment, signal: AbortSignal): Promise<string | null> {
    const name = path.replace('/bin/', '');
    this.asked.push(name);
    if (this.hangs) {
      this.running += 1;
      await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }));
      await new Promise(setImmediate);
      this.running -= 1;
      return null;
    }
    return this.programs.get(name)?.version ?? null;
  }

  async disk(folder: string): Promise<Disk | null> {
    return this.disks.get(folder) ?? null;
  }
}
