import iconv from 'iconv-lite';
import { decoderLabel, encodingByLabel } from './names.ts';

/** Whether a character's bytes begin with these ones (hexadecimal): what is left of it where a field ended. */
export function beginsWithBytes(character: string, encoding: string, tail: string): boolean {
  const name = encodingByLabel(encoding);
  if (name === null || tail === '') return false;
  const bytes = iconv.encode(character, decoderLabel(name)).toString('hex');
  return bytes.length > tail.length && bytes.startsWith(tail);
}
