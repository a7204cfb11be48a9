/** Words of one area: sentences by key, in groups. */
export interface WordTree {
  readonly [key: string]: string | WordTree;
}

/** The same keys with sentences of another language. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

/**
 * One area of the interface in both languages. English must have exactly the keys of Chinese, or it does not compile.
 *
 * Values go in as {{name}}; numbers are written with thousands separators by themselves. In English
 * {{n, noun(component|components)}} chooses by the number. {{rate, percent}} makes 82.4 % of 0.824.
 */
export function area<const Z extends WordTree>(words: { zh: Z; en: SameKeys<NoInfer<Z>> }): { zh: Z; en: SameKeys<Z> } {
  return words;
}

/** All dotted keys of a tree. */
export type WordKeys<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${WordKeys<T[K]>}`;
}[keyof T & string];
