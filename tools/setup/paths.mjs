import { fileURLToPath } from 'node:url';

/** The repository's folder, without a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** What set-up has to say goes to stderr: stdout belongs to the command. */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}
