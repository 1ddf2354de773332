import { formatVersion, type JournalFault } from './codec.ts';

/** The file cannot be trusted from one place on. Nothing in it has been changed. */
export class JournalDamagedError extends Error {
  override readonly name = 'JournalDamagedError';

  constructor(path: string, fault: JournalFault) {
    super(
      `${path} is damaged at line ${fault.line}, byte ${fault.offset}: ${fault.why}. ` +
        'Nothing has been changed. Restore the file from a backup, or move it away to start afresh.',
    );
  }
}

/** A later Belfry wrote to the file. Nothing in it has been changed. */
export class JournalNewerError extends Error {
  override readonly name = 'JournalNewerError';

  constructor(path: string, fault: JournalFault) {
    super(
      `${path} was written by a newer Belfry (line ${fault.line}: ${fault.why}, this one reads ` +
        `${formatVersion}). Nothing has been changed. Update Belfry and start again.`,
    );
  }
}
