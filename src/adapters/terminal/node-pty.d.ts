// The package ships types under another name and leaves out what a careful caller needs.
declare module 'node-pty' {
  export type Pty = {
    readonly pid: number;
    /** The PTY's master. Its number is free for others once `_socket` is destroyed. */
    readonly fd: number;
    readonly _socket: { readonly destroyed: boolean };
    /** May only be used while the program runs: see `PtyInput`. */
    write(keys: string): void;
    onData(listener: (bytes: Uint8Array) => void): void;
    onExit(listener: (exit: { exitCode: number; signal?: number }) => void): void;
    /** Without a listener a read error other than EIO is thrown from the event loop. */
    on(event: 'error', listener: (error: Error) => void): void;
    resize(cols: number, rows: number): void;
    pause(): void;
    resume(): void;
  };

  export type PtyOptions = {
    readonly name: string;
    readonly cols: number;
    readonly rows: number;
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    /** Null: `onData` gives bytes, so that a character split between two reads stays whole. */
    readonly encoding: null;
  };

  export function spawn(file: string, args: readonly string[], options: PtyOptions): Pty;
}
