import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RESET_SEQUENCE } from '../../../src/adapters/terminal/restore-terminal.ts';
import { openProgram, type PtyProgram } from '../../support/pty-driver.ts';

const launcher = fileURLToPath(new URL('../../../assets/launcher.sh', import.meta.url));
const restoring = fileURLToPath(
  new URL('../../../src/adapters/terminal/restore-terminal.ts', import.meta.url),
);
const takeTheScreen =
  '\x1b[?1049h\x1b[?1003h\x1b[?1006h\x1b[?2004h\x1b[?1004h\x1b[>1u\x1b[?25l\x1b[?2026h\x1b[7m';

let folder = '';
const programs: PtyProgram[] = [];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'belfry-')));
});

afterEach(async () => {
  await Promise.all(programs.splice(0).map(program => program.close()));
  rmSync(folder, { recursive: true, force: true });
});

/** A folder laid out as after a build, with `program` in the place of Belfry. */
function install(program: string): string {
  mkdirSync(join(folder, 'dist'));
  cpSync(launcher, join(folder, 'dist/belfry'));
  chmodSync(join(folder, 'dist/belfry'), 0o755);
  writeFileSync(join(folder, 'dist/belfry.js'), program);
  return join(folder, 'dist/belfry');
}

function open(file: string, args: readonly string[] = []): PtyProgram {
  const node = process.execPath.slice(0, process.execPath.lastIndexOf('/'));
  const program = openProgram({ file, args, cwd: folder, env: { PATH: `${node}:/usr/bin:/bin` } });
  programs.push(program);
  return program;
}

/** In a shell, so that what the terminal is left with can be seen. */
function openInShell(command: string): PtyProgram {
  return open('/bin/sh', [
    '-c',
    `${command}; echo "status $?"; stty -a | grep -c -e " icanon" ; echo done; sleep 30`,
  ]);
}

const takes = `
const { writeSync } = require('node:fs');
process.stdin.setRawMode(true);
process.stdin.resume();
writeSync(1, ${JSON.stringify(takeTheScreen)} + 'drawn');
`;

function expectRestored(program: PtyProgram): void {
  expect(program.isAltScreen).toBe(false);
  expect(program.modes).toMatchObject({
    bracketedPasteMode: false,
    mouseTrackingMode: 'none',
    sendFocusMode: false,
    synchronizedOutputMode: false,
  });
  expect(program.rawOutput().lastIndexOf('\x1b[?25h')).toBeGreaterThan(
    program.rawOutput().lastIndexOf('\x1b[?25l'),
  );
  // The count of lines that say that the terminal reads line by line again.
  expect(program.text()).toMatch(/^1\ndone/m);
}

describe('the launcher', () => {
  it('resets with the same sequence as the program', () => {
    const written = /printf '([^']+)'/.exec(readFileSync(launcher, 'utf8'))?.[1];
    expect(written?.replaceAll('\\033', '\x1b')).toBe(RESET_SEQUENCE);
  });

  it.each(['SIGKILL', 'SIGSEGV', 'SIGABRT'])('gives the terminal back after %s', async signal => {
    const command = install(
      `${takes} setTimeout(() => process.kill(process.pid, '${signal}'), 50);`,
    );
    const program = openInShell(command);
    await program.waitFor('done');
    expectRestored(program);
    expect(program.rawOutput()).toContain('drawn');
    expect(program.text()).toMatch(/status 1\d\d/);
  });

  it('passes on the status, and writes nothing after an end in order', async () => {
    const program = openInShell(
      install(`process.exitCode = 3; console.log('own', process.argv[2]);`).concat(' word'),
    );
    await program.waitFor('done');
    expect(program.text()).toContain('own word');
    expect(program.text()).toContain('status 3');
    expect(program.rawOutput()).not.toContain('\x1b[?1049l');
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)(
    'passes %s on to the program and waits for its end',
    async signal => {
      const program = open(
        install(`
      setInterval(() => {}, 1000);
      process.on('${signal}', () => setTimeout(() => { console.log('saved'); process.exit(5); }, 100));
      console.log('ready');
    `),
      );
      await program.waitFor('ready');
      program.kill(signal);
      expect((await program.exited).code).toBe(5);
      expect(program.text()).toContain('saved');
    },
  );

  it('lets the program answer Ctrl-C itself', async () => {
    const program = open(
      install(`
      setInterval(() => {}, 1000);
      process.on('SIGINT', () => { console.log('interrupted'); process.exit(6); });
      console.log('ready');
    `),
    );
    await program.waitFor('ready');
    program.press('\x03');
    expect((await program.exited).code).toBe(6);
    expect(program.text()).toContain('interrupted');
  });

  it('gives the program the keyboard and its own path, also through links', async () => {
    install(`
      process.stdin.setRawMode(true);
      process.stdin.once('data', key => { console.log('key ' + key); process.exit(0); });
      console.log('I am ' + process.env.BELFRY_LAUNCHER);
    `);
    symlinkSync('dist/belfry', join(folder, 'once'));
    symlinkSync(join(folder, 'once'), join(folder, 'twice'));
    const program = open(join(folder, 'twice'));
    await program.waitFor(`I am ${folder}/dist/belfry`);
    program.press('k');
    await program.waitFor('key k');
    expect((await program.exited).code).toBe(0);
  });

  it('replaces itself when nobody sits at a terminal', async () => {
    const command = install(
      `console.log('parent ' + (process.ppid === Number(process.argv[2]) ? 'sh' : 'other'));`,
    );
    const program = open('/bin/sh', ['-c', `${command} $$ < /dev/null | cat; echo done`]);
    await program.waitFor('done');
    // In a pipe the launcher is a child of the shell; had it stayed, it would be the parent.
    expect(program.text()).toContain('parent sh');
  });

  it('prefers the Node that was installed beside it', async () => {
    const command = install('');
    const { platform, arch } = process;
    const bin = join(folder, `node_modules/node-${platform}-${arch}/bin`);
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'node'), '#!/bin/sh\necho "own node, $# arguments"\n');
    chmodSync(join(bin, 'node'), 0o755);
    const program = open(command, ['a', 'b c']);
    await program.waitFor('own node, 3 arguments');
  });
});

describe('the launcher without a Node', () => {
  it('says what to do', async () => {
    const command = install('');
    const program = openProgram({ file: command, cwd: folder, env: { PATH: folder } });
    programs.push(program);
    expect((await program.exited).code).toBe(127);
    expect(program.text()).toContain('belfry: no Node found. Install Node 22.22 or newer');
  });
});

describe('restoring by the program itself', () => {
  const begin = `
    import { installTerminalRestore, writeDirectly } from ${JSON.stringify(restoring)};
    const restore = installTerminalRestore(writeDirectly, () => process.exit(9));
    process.stdin.setRawMode(true);
    writeDirectly(${JSON.stringify(takeTheScreen)} + 'drawn');
    process.once('exit', () => process.stdin.setRawMode(false));
  `;
  const run = (rest: string): PtyProgram => {
    writeFileSync(join(folder, 'program.mjs'), begin + rest);
    return openInShell(`${process.execPath} ${join(folder, 'program.mjs')}`);
  };

  it.each([
    ['an exit', 'process.exit(4);', 'status 4'],
    ['an error', 'throw new Error("broken");', 'status 1'],
    ['a refused promise', 'Promise.reject(new Error("broken"));', 'status 1'],
    ['SIGTERM', 'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000);', 'status 9'],
    ['SIGHUP', 'process.kill(process.pid, "SIGHUP"); setInterval(() => {}, 1000);', 'status 9'],
    ['SIGINT', 'process.kill(process.pid, "SIGINT"); setInterval(() => {}, 1000);', 'status 9'],
  ])('happens after %s', async (_name, rest, status) => {
    const program = run(rest);
    await program.waitFor('done');
    expectRestored(program);
    expect(program.text()).toContain(status);
  });

  it('a terminal that is closed is a SIGHUP, also under a program that keeps the signal to itself', async () => {
    const said = join(folder, 'said');
    writeFileSync(
      join(folder, 'program.mjs'),
      `import { writeFileSync } from 'node:fs';
      import { installTerminalRestore } from ${JSON.stringify(restoring)};
      installTerminalRestore(() => {}, signal => {
        writeFileSync(${JSON.stringify(said)}, signal);
        process.exit();
      });
      process.stdin.on('data', () => {});
      console.log('ready');`,
    );
    const program = open('/bin/sh', [
      '-c',
      `trap "" HUP; ${process.execPath} program.mjs; sleep 30`,
    ]);
    await program.waitFor('ready');
    program.hangUp();
    await vi.waitFor(() => expect(readFileSync(said, 'utf8')).toBe('SIGHUP'), 10_000);
  });

  it('leaves the message of an error readable', async () => {
    const program = run('throw new Error("the reason");');
    await program.waitFor('done');
    expect(program.text()).toContain('Error: the reason');
  });

  it('happens once, and at once when asked', async () => {
    const program = run('restore(); console.log("goodbye"); restore();');
    await program.waitFor('done');
    expect(program.text()).toContain('goodbye');
    expect(program.rawOutput().split('\x1b[?1049l')).toHaveLength(2);
  });
});
