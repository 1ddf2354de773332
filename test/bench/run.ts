// `npm run bench [NAME …]`: measures the built program on this machine; exits with 1 when a bound is missed.
import { type Figure, lineOf } from './figure.ts';
import { measureDispatch } from './measure-dispatch.ts';
import { measureLanding } from './measure-landing.ts';
import { measureFlood, measureKeys, measureQuiet } from './measure-page.ts';
import { measurePanes } from './measure-panes.ts';
import { measurePlanLint } from './measure-plan-lint.ts';
import { measureRadar } from './measure-radar.ts';
import { measureStart } from './measure-start.ts';
import { measureStatus } from './measure-status.ts';
import { measureWeek } from './measure-week.ts';

const benches: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  start: measureStart,
  quiet: measureQuiet,
  keys: measureKeys,
  flood: measureFlood,
  panes: measurePanes,
  landing: measureLanding,
  dispatch: measureDispatch,
  lint: measurePlanLint,
  radar: measureRadar,
  status: measureStatus,
  week: measureWeek,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  process.stderr.write(
    `no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}\n`,
  );
  process.exit(2);
}

let missed = 0;
for (const [name, measure] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`${name}\n`);
  for (const figure of await measure()) {
    process.stdout.write(`${lineOf(figure)}\n`);
    const { bound, value } = figure;
    if (bound !== null && value !== null && !(value <= bound)) missed += 1;
  }
}
process.stdout.write(missed === 0 ? 'every bound is kept\n' : `${missed} bounds are missed\n`);
process.exit(missed === 0 ? 0 : 1);
