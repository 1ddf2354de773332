import process from 'node:process';

/**
 * Stops this process as Ctrl+Z does for others, and resolves when the shell continues it. In raw mode
 * the terminal sends the key as a byte and stops nobody by itself.
 */
export async function stopProcess(): Promise<void> {
  const continued = new Promise<void>(resolve => process.once('SIGCONT', () => resolve()));
  process.kill(process.pid, 'SIGTSTP');
  await continued;
}
