/**
 * Why nothing was moved where git found the lock of another git. One that was killed leaves its lock for ever
 * (git holds no lock of the system), and only a person can tell the two apart.
 */
export const lockWords = (lockFile: string): string =>
  'another git is at work there, or one was killed in the middle: ' +
  `when “pgrep -fl git” names none at work there, delete ${lockFile}; it follows with the next landing or start`;
