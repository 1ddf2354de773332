import { firstThatFit } from '../../lib/first-that-fit.ts';
import {
  recordedBesideBytesMax,
  recordedFilesBytesMax,
  recordedFilesMax,
  recordedRisksBytesMax,
  recordedRisksMax,
} from '../limits.ts';
import type { LandedBeside, RecordedFiles } from './candidate.ts';

/** What of a list of files goes into a record: one commit of a formatter would fill it. */
export function recordedFiles(all: readonly string[]): RecordedFiles {
  const files = firstThatFit(all, recordedFilesMax, recordedFilesBytesMax);
  const filesOmitted = all.length - files.length;
  return filesOmitted === 0 ? { files } : { files, filesOmitted };
}

/** How many files the whole list has. */
export const fileCount = ({ files, filesOmitted = 0 }: RecordedFiles): number =>
  files.length + filesOmitted;

export function recordedRisks(all: readonly string[]): readonly string[] {
  const risks = firstThatFit(all, recordedRisksMax, recordedRisksBytesMax);
  const more = all.length - risks.length;
  return more === 0 ? risks : [...risks, `${more} more of the kind`];
}

/** Every landing keeps its share, so that a large one does not hide the others from blame. */
export function recordedBeside(landings: readonly LandedBeside[]): readonly LandedBeside[] {
  const share = Math.floor(recordedBesideBytesMax / Math.max(1, landings.length));
  return landings.map(({ task, files }) => ({
    task,
    files: firstThatFit(files, recordedFilesMax, share),
  }));
}
