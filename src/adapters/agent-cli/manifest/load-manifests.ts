import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean } from '../../../lib/nearest-word.ts';
import { codeOf, messageOf } from '../../../lib/thrown.ts';
import { readPlacedYaml, type YamlProblem } from '../../config/yaml-places.ts';
import { readBoundedFile } from '../../system/read-bounded-file.ts';
import type { Manifest } from './manifest.ts';
import { manifestKeysAt, manifestSchema } from './manifest-schema.ts';

const fileCharsMax = 64_000;
/** Larger is no manifest: none of what ships has a tenth of it. */
const fileBytesMax = 256_000;
const filesMax = 100;

export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/**
 * All manifests of these folders by name; a later folder's replace an earlier one's. A folder need not exist.
 * Throws `ManifestError` that names every mistake with its place.
 */
export function loadManifests(folders: readonly string[]): ReadonlyMap<string, Manifest> {
  const manifests = new Map<string, Manifest>();
  for (const folder of folders)
    for (const file of manifestFiles(folder)) {
      const parsed = parseManifest(readManifest(file));
      if ('problems' in parsed) throw new ManifestError(mistakes(file, parsed.problems));
      manifests.set(parsed.manifest.name, parsed.manifest);
    }
  return manifests;
}

function readManifest(file: string): string {
  try {
    return readBoundedFile(file, fileBytesMax);
  } catch (error) {
    throw new ManifestError(
      `${file}, a manifest of an agent CLI, cannot be read: ${messageOf(error)}.`,
    );
  }
}

function manifestFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(name => /\.ya?ml$/.test(name))
      .sort()
      .slice(0, filesMax)
      .map(name => join(folder, name));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    const why = codeOf(error) === 'ENOTDIR' ? 'it is no folder: move it away' : messageOf(error);
    throw new ManifestError(`${folder}, the folder of agent CLIs, cannot be read: ${why}.`);
  }
}

/** Checks the text of a manifest; every problem has its place in the text. */
export function parseManifest(
  text: string,
): { readonly manifest: Manifest } | { readonly problems: readonly YamlProblem[] } {
  const read = readPlacedYaml(text, 'an agent CLI', fileCharsMax);
  if ('problems' in read) return read;
  const { success, data, error } = manifestSchema.safeParse(read.value ?? {});
  if (success) return { manifest: data };
  return {
    problems: error.issues.flatMap(issue => {
      const path = issue.path;
      if (issue.code !== 'unrecognized_keys')
        return [{ ...read.placeOf(path, false), message: `${path.join('.')} ${issue.message}` }];
      return issue.keys.map(key => ({
        ...read.placeOf([...path, key], true),
        message: `there is no key “${key}” here.${didYouMean(key, manifestKeysAt(path))}`.trim(),
      }));
    }),
  };
}

const mistakes = (file: string, problems: readonly YamlProblem[]): string =>
  [
    `${file} describes no agent CLI:`,
    ...problems.map(({ line, column, message }) => `  ${file}:${line}:${column}  ${message}`),
  ].join('\n');
