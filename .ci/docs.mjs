// Writes what the README repeats from the code: the table of keys, between its marks. With --check it
// changes nothing and fails when the README is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { withKeyTable } from '../src/ui/keymap/key-table.ts';

const path = 'README.md';
const isCheck = process.argv.includes('--check');
if (!existsSync(path)) {
  process.stdout.write(`${path} does not exist: nothing to write\n`);
  process.exit(0);
}
const text = readFileSync(path, 'utf8');
const fresh = withKeyTable(text);
if (fresh === null) {
  process.stderr.write(`${path} has no <!-- keys:begin --> … <!-- keys:end --> marks\n`);
  process.exit(1);
}
if (fresh === text) process.stdout.write(`${path} is up to date\n`);
else if (isCheck) {
  process.stderr.write(`${path} is stale: npm run docs writes its table of keys\n`);
  process.exit(1);
} else {
  writeFileSync(path, fresh);
  process.stdout.write(`${path}: table of keys written\n`);
}
