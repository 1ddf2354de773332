// Joins small parts of the built program. The bundler makes a part for each set of commands that need the same
// modules, most of them a few lines long, and Node takes about a millisecond to find, read and link each file.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';

/** What is larger is worth a file of its own: a command that does not need it must not read it. */
const bytesMax = 20_000;

/**
 * For each step, what its entries need at once beyond the steps before becomes one file. Only parts go into
 * it that need nothing large themselves, so that no other command reads much more than before.
 *
 * @param {object} given `root`: the folder that paths are relative to; `outputs`: what the bundler tells of each
 *   file; `options`: how they were built; `steps`: by the name of the file, the sources of the entries
 */
export async function joinParts({ steps, ...given }) {
  const { outputs } = given;
  const apart = new Set(Object.keys(outputs));
  for (const [name, sources] of Object.entries(steps)) {
    const entries = Object.keys(outputs).filter(path => sources.includes(outputs[path].entryPoint));
    const needed = new Set(entries.flatMap(entry => [...neededBy(outputs, entry)]));
    const parts = [...needed].filter(path => apart.has(path) && isSmallThroughout(outputs, path));
    for (const path of parts) apart.delete(path);
    const elsewhere = [...Object.keys(steps).map(step => `${step}.js`), ...apart];
    const places = await writeJoined(name, parts, { ...given, elsewhere });
    for (const path of apart) redirect(join(given.root, path), places);
  }
}

/** A part and all that must be there before it runs. */
function neededBy(outputs, path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const { path: other, kind } of outputs[path].imports)
    if (kind === 'import-statement' && outputs[other]) neededBy(outputs, other, found);
  return found;
}

const isSmallThroughout = (outputs, path) =>
  [...neededBy(outputs, path)].every(
    one => outputs[one].entryPoint === undefined && outputs[one].bytes <= bytesMax,
  );

/** Answers with the new place of each part: the file, and what its exports are called there. */
async function writeJoined(name, parts, { root, outputs, options, elsewhere }) {
  const folder = join(root, dirname(parts[0]));
  const places = new Map();
  const lines = parts.map((path, index) => {
    // The banner of the joined file is enough.
    const text = readFileSync(join(root, path), 'utf8').replace(options.banner.js, '');
    writeFileSync(join(root, path), text);
    // Two parts may export different things by the same name.
    const renamed = one => `${one}_${index}`;
    places.set(basename(path), { file: `${name}.js`, renamed });
    const names = outputs[path].exports.map(one => `${one} as ${renamed(one)}`);
    return `export { ${names.join(', ')} } from './${basename(path)}';`;
  });
  const { banner, target, external } = options;
  await build({
    stdin: { contents: lines.join('\n'), resolveDir: folder },
    outfile: join(folder, `${name}.js`),
    ...{ bundle: true, platform: 'node', format: 'esm', target, banner, logLevel: 'warning' },
    external: [...external, ...elsewhere.map(path => `./${basename(path)}`)],
  });
  for (const path of parts) rmSync(join(root, path));
  return places;
}

/** As the bundler writes it, from `dist` or beside the part. */
const importLine = /^import (?:\{([^}]*)\} from )?"(\.\/(?:parts\/)?)([^"/]+)";$/gm;

/** Lets a file import from the joined file what it imported from a part. */
function redirect(path, places) {
  const text = readFileSync(path, 'utf8').replace(importLine, (line, names, folder, part) => {
    const place = places.get(part);
    if (place === undefined) return line;
    if (names === undefined) return `import "${folder}${place.file}";`;
    const renamed = names.split(',').map(one => {
      const [exported, local = exported] = one.trim().split(' as ');
      return `${place.renamed(exported)} as ${local}`;
    });
    return `import { ${renamed.join(', ')} } from "${folder}${place.file}";`;
  });
  writeFileSync(path, text);
}
