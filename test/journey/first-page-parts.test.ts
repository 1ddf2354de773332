// Node takes about a millisecond for each file of the program, however small: the page must not wait for many.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { belfryCommand } from '../support/journey-stage.ts';

const dist = dirname(belfryCommand);

/** What `belfry` loads until the page is drawn, in a process that tells every file it reads. */
const script = (parts: readonly string[]) => `
  import { registerHooks } from 'node:module';
  const read = [];
  registerHooks({
    load(url, context, next) {
      if (url.startsWith('file:')) read.push(url);
      return next(url, context);
    },
  });
  process.argv = ['node', 'belfry', '--version'];
  for (const part of ${JSON.stringify(parts)}) await import(part);
  process.stdout.write(JSON.stringify(read));
`;

test('the first row needs four files, the whole page ten', () => {
  const partOf = (name: string) => {
    const file = readdirSync(join(dist, 'parts')).find(one => one.startsWith(`${name}-`));
    return join(dist, 'parts', file ?? `no part ${name}`);
  };
  const filesOf = (...parts: readonly string[]): readonly string[] => {
    const args = ['--input-type=module', '--eval', script([join(dist, 'belfry.js'), ...parts])];
    const said = execFileSync(process.execPath, args, { encoding: 'utf8' });
    return JSON.parse(said.slice(said.indexOf('[')));
  };
  const row = [partOf('run-command')];
  expect(filesOf(...row).length).toBeLessThanOrEqual(4);
  expect(filesOf(...row, partOf('open-page'), partOf('page-settings')).length).toBeLessThan(11);
});
