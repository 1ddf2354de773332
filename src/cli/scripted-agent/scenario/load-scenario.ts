import { LineCounter, parseDocument } from 'yaml';
import { readBoundedFile } from '../../../adapters/system/read-bounded-file.ts';
import { messageOf } from '../../../lib/thrown.ts';
import { UserError } from '../../user-error.ts';
import { type Scenario, scenarioSchema } from './scenario.ts';
import { scenarioBytesMax } from './scenario-file.ts';

/** Larger files are a mistake. */
const scenarioCharsMax = 1_000_000;
/** Repeated steps may be named and used again; more than this could blow a small file up. */
const aliasesMax = 200;

/** Reads a scenario file. Throws `UserError` that names line, column and key of every mistake. */
export function loadScenario(path: string): Scenario {
  let text: string;
  try {
    text = readBoundedFile(path, scenarioBytesMax);
  } catch (error) {
    const reason = messageOf(error);
    throw new UserError(`the scenario ${path} cannot be read: ${reason}`);
  }
  return parseScenario(text, path);
}

/** `path` only names the text in errors. */
export function parseScenario(text: string, path: string): Scenario {
  if (text.length > scenarioCharsMax)
    throw new UserError(`the scenario ${path} is larger than ${scenarioCharsMax} characters`);
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const placeAt = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const [broken] = document.errors;
  if (broken !== undefined) throw new UserError(`${placeAt(broken.pos[0])}: ${broken.message}`);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: aliasesMax });
  } catch (error) {
    throw new UserError(`${path}: ${messageOf(error)}`);
  }
  const parsed = scenarioSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(issue => {
    const { path: keys } = issue;
    const message = (issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message;
    const place = placeAt(offsetOf(keys, (...args) => document.getIn(...args)));
    return `${place}: ${keys.map(String).join('.') || 'scenario'}: ${message}`;
  });
  throw new UserError(lines.join('\n'));
}

/** Where the innermost existing node of a key path begins. */
function offsetOf(
  keys: readonly PropertyKey[],
  getIn: (keys: PropertyKey[], keepScalar: true) => unknown,
): number {
  for (let length = keys.length; length > 0; length -= 1) {
    const node = getIn(keys.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
      return Number(node.range[0]);
  }
  return 0;
}
