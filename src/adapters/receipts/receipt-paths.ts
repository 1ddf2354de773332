import { join } from 'node:path';

/** What is in the folder of receipts. */
export const receiptPaths = (folder: string) => ({
  file: join(folder, 'receipts.jsonl'),
  rootKey: join(folder, 'root.key'),
  rootPublic: join(folder, 'root.pub'),
  /** For `git -c gpg.ssh.allowedSignersFile=… verify-commit`. */
  allowedSigners: join(folder, 'allowed-signers'),
});
