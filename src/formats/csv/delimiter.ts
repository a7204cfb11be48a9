const DELIMITERS = [',', '\t', ';', '|', '，'];
const RECORDS = 40;

/** Cells a record, for the first records of a text, under one delimiter. Quotes are respected. */
function widths(text: string, delimiter: string): number[] {
  const counts: number[] = [];
  let cells = 1;
  let quoted = false;
  let atStart = true;
  let blank = true;
  for (let i = 0; i < text.length && counts.length < RECORDS; i++) {
    const character = text[i];
    if (quoted) {
      if (character === '"') quoted = false;
    } else if (character === '"' && atStart) quoted = true;
    else if (character === delimiter) cells++;
    else if (character === '\n') {
      if (!blank) counts.push(cells);
      cells = 1;
    }
    atStart = character === delimiter || character === '\n' || (!quoted && character === '"');
    if (character !== '\r') blank = character === '\n';
  }
  if (!blank && counts.length < RECORDS) counts.push(cells);
  return counts;
}

/** The delimiter under which most records have the same number of cells, and more than one. `preferred` wins ties. */
export function guessDelimiter(text: string, preferred: string): string {
  let best = { delimiter: preferred, score: 0 };
  for (const delimiter of [preferred, ...DELIMITERS.filter((other) => other !== preferred)]) {
    const counts = widths(text, delimiter);
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 1;
    if (usual < 2) continue;
    const same = counts.filter((count) => count === usual).length / counts.length;
    const score = same * same + Math.min(usual, 50) / 200;
    if (score > best.score + 1e-9) best = { delimiter, score };
  }
  return best.delimiter;
}
