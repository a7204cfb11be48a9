import { fileURLToPath } from 'node:url';

/** The repository's folder, without a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

const locale = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '';
const chinese = /^zh/i.test(locale || Intl.DateTimeFormat().resolvedOptions().locale);

/** One sentence in the language of this computer. */
export function inWords(english, inChinese) {
  return chinese ? inChinese : english;
}

/** What set-up has to say goes to stderr: stdout belongs to the command. */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}
