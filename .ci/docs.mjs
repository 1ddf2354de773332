// Writes what the README repeats from the code: the table of keys, between its marks.
import { readFileSync, writeFileSync } from 'node:fs';
import { withKeyTable } from '../src/ui/keymap/key-table.ts';

const path = 'README.md';
const text = readFileSync(path, 'utf8');
const fresh = withKeyTable(text);
if (fresh === null) {
  process.stderr.write(`${path} has no <!-- keys:begin --> … <!-- keys:end --> marks\n`);
  process.exit(1);
}
if (fresh === text) process.stdout.write(`${path} is up to date\n`);
else {
  writeFileSync(path, fresh);
  process.stdout.write(`${path}: table of keys written\n`);
}
