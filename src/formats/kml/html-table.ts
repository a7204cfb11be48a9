import { entityText } from '../html.ts';

/** Longer descriptions are prose, or worse. */
const LONGEST = 64 * 1024;
const MOST_PAIRS = 400;

/**
 * Pairs of name and value out of a description that is a table of two columns, as ArcGIS and its like write attributes into
 * KML. Null where the description is anything else: then it stays a text like any other.
 */
export function tablePairs(description: string): [string, string | null][] | null {
  if (description.length > LONGEST || !/<table/i.test(description)) return null;
  const pairs: [string, string | null][] = [];
  // Rows end where another begins: a row that holds a table of its own is passed over, the rows within it are not.
  for (const row of description.split(/<tr\b/i).slice(1)) {
    const cells = row
      .split(/<t[dh]\b/i)
      .slice(1)
      .map(cellText);
    if (cells.length === 1) continue;
    const [name = '', value = ''] = cells;
    if (cells.length !== 2 || name === '' || name.length > 64 || pairs.length >= MOST_PAIRS) return null;
    pairs.push([name, value === '' || /^<null>$/i.test(value) ? null : value]);
  }
  return pairs.length >= 2 && new Set(pairs.map(([name]) => name)).size === pairs.length ? pairs : null;
}

/** Words of a cell, from within its opening tag to its end. */
function cellText(rest: string): string {
  const from = rest.indexOf('>') + 1;
  const end = rest.search(/<\/t[dhr]\b/i);
  const markup = rest.slice(from, end < 0 ? undefined : end);
  return plainText(markup);
}

/** Text without markup, entities resolved. */
const plainText = (markup: string): string =>
  entityText(markup.replace(/<br\b[^>]{0,80}>/gi, '\n').replace(/<[a-z/!][^<>]{0,2000}>/gi, '')).trim();
