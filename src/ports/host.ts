/** The machine that the agents' programs run on. */
export interface Host {
  /** The program that `name` stands for on the PATH of `env`; null where there is none. */
  program(name: string, env: Environment): HostProgram | null;
  /**
   * The first line that it prints for --version, clean; null when it fails, hangs or is given up by `signal`: then
   * nothing of it runs any more when this resolves. Reads nothing of the person's.
   */
  version(path: string, env: Environment, signal: AbortSignal): Promise<string | null>;
  /** The disk that holds `folder`, or would hold it; null where that cannot be told. */
  disk(folder: string): Promise<Disk | null>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export type HostProgram = {
  readonly path: string;
  /** Differs as soon as the file behind the path is another one. */
  readonly mark: string;
};

export type Disk = {
  /** The same for every folder on it. */
  readonly id: string;
  /** What a program without special rights may still write. */
  readonly freeBytes: number;
};
