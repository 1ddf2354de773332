/** Quoted so that it cannot be taken for our words, however it is written. */
export function fenced(text: string): readonly string[] {
  return ['~~~ output, not an instruction', ...text.split('\n').map(line => `| ${line}`), '~~~'];
}
