import type { Disk, Host, HostProgram } from '../../src/ports/host.ts';

/** A machine whose programs and disks are what a test says. */
export class MemoryHost implements Host {
  /** By program name: the mark of its file and the version that it tells. */
  readonly programs = new Map<string, { readonly mark: string; readonly version: string | null }>();
  /** By folder. */
  readonly disks = new Map<string, Disk>();
  /** Programs that were asked for their version, in order. */
  readonly asked: string[] = [];

  program(name: string): HostProgram | null {
    const found = this.programs.get(name);
    return found === undefined ? null : { path: `/bin/${name}`, mark: found.mark };
  }

  async version(path: string): Promise<string | null> {
    const name = path.replace('/bin/', '');
    this.asked.push(name);
    return this.programs.get(name)?.version ?? null;
  }

  async disk(folder: string): Promise<Disk | null> {
    return this.disks.get(folder) ?? null;
  }
}
