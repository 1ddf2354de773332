// Loaded before the program: tells how late its event loop was, twice a second.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const file = process.env.BELFRY_LAG_FILE;
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const windows = [];
setInterval(() => {
  windows.push(delay.percentile(99) / 1e6);
  delay.reset();
  const p99 = Math.max(...windows.slice(-10));
  if (file) writeFileSync(file, JSON.stringify({ p99 }));
}, 500).unref();
