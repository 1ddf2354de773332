/** Text for people who look for a fault. Never shown on the page, never read back. */
export interface Log {
  write(line: string): void;
}
