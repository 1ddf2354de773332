import process from 'node:process';

/**
 * Stops the whole job as Ctrl+Z does for others, and resolves when the shell continues it. In raw mode
 * the terminal sends the key as a byte and stops nobody by itself. The launcher is part of the job: as
 * long as it ran, the shell would wait for it and show no prompt.
 */
export async function stopProcess(): Promise<void> {
  const continued = new Promise<void>(resolve => process.once('SIGCONT', () => resolve()));
  process.kill(0, 'SIGTSTP');
  await continued;
}
