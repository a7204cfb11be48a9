/** Characters of one cell (Microsoft, "Excel specifications and limits"). */
const MAX_TEXT = 32_767;
const MAX_SHEET_NAME = 31;

/** Told of what a cell could not hold, by a stable code. */
export type Report = (code: string) => void;

/** A sheet name: at most 31 characters and none of : \ / ? * [ ]. */
export function sheetName(name: string): string {
  const allowed = name.replace(/[:\\/?*[\]\p{Cc}]/gu, ' ').replace(/^'+|'+$/g, '');
  const clean = allowed
    .slice(0, MAX_SHEET_NAME)
    .replace(/[\ud800-\udbff]$/, '')
    .trim();
  return clean === '' || clean.toLowerCase() === 'history' ? 'Sheet1' : clean;
}

/** Text as a cell can hold it: no characters that XML refuses, none that would be read as an escape, at most 32,767. */
export function safeText(text: string, report: Report): string {
  let out = text.toWellFormed().replace(/[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, '');
  if (out !== text) report('control-characters');
  if (out.length > MAX_TEXT) {
    out = out.slice(0, MAX_TEXT).replace(/[\ud800-\udbff]$/, '');
    report('too-long');
  }
  return out.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

/** A sheet name that no sheet has yet, whatever its letters' case; `taken` learns it. */
export function uniqueSheetName(name: string, taken: Set<string>): string {
  const base = sheetName(name);
  let unique = base;
  for (let n = 2; taken.has(unique.toLowerCase()); n++) {
    const suffix = ` (${n})`;
    unique = base.slice(0, MAX_SHEET_NAME - suffix.length).replace(/[\ud800-\udbff]$/, '') + suffix;
  }
  taken.add(unique.toLowerCase());
  return unique;
}
