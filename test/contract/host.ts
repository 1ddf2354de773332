import { expect, test } from 'vitest';
import type { Environment, Host } from '../../src/ports/host.ts';

export type HostStage = {
  readonly host: Host;
  readonly env: Environment;
  /** Puts a program there, in the place of the one that was; null: it tells no version. */
  install(name: string, version: string | null): void;
  close(): void;
};

/** What the watch of programs relies on, whatever the machine. */
export function testHost(name: string, create: () => HostStage): void {
  const on = async (act: (stage: HostStage) => void | Promise<void>): Promise<void> => {
    const stage = create();
    try {
      await act(stage);
    } finally {
      stage.close();
    }
  };

  test(`${name}: a program that is not on the PATH is none`, () =>
    on(({ host, env }) => expect(host.program('tool', env)).toBeNull()));

  test(`${name}: a program has the same mark until it is replaced`, () =>
    on(({ host, env, install }) => {
      install('tool', '1.0.0');
      const first = host.program('tool', env);
      expect(first).not.toBeNull();
      expect(host.program('tool', env)).toEqual(first);
      install('tool', '1.0.1');
      const second = host.program('tool', env);
      expect(second?.path).toBe(first?.path);
      expect(second?.mark).not.toBe(first?.mark);
    }));

  test(`${name}: a program tells its version, or null`, () =>
    on(async ({ host, env, install }) => {
      install('tool', '1.2.3');
      install('mute', null);
      const { signal } = new AbortController();
      const versionOf = (program: string) =>
        host.version(host.program(program, env)?.path ?? '', env, signal);
      expect(await versionOf('tool')).toBe('1.2.3');
      expect(await versionOf('mute')).toBeNull();
      expect(await host.version('/nowhere/at/all', env, signal)).toBeNull();
    }));
}
