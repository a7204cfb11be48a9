import type { Doubt } from '../format.ts';

/** A file is not what its ending says, and was read as what it is. */
export const readAs = (file: string, what: string): Doubt => ({
  code: 'read-as',
  message: `${file} is really ${what} and was read as that.`,
  data: { file, what },
});

export const sheetDoubts = ({ name, hidden }: { name: string; hidden: boolean }, file: string): Doubt[] =>
  hidden ? [{ code: 'hidden-sheet', message: `The sheet "${name}" is hidden in ${file}.` }] : [];

/** Rows read one after the other, as a grid wants them. */
export async function* toAsync<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
