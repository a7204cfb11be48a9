export const root: string;
export function inWords(english: string, inChinese: string): string;
export function say(sentence: string): void;
