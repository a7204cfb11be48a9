import { mkdirSync } from 'node:fs';
import type { SheetToWrite } from '../../formats/index.ts';
import { writeSheets } from '../../formats/index.ts';
import type { SourceTable } from '../../formats/format.ts';
import type { StoredBatch } from '../../project/batches/batches.ts';
import type { Written } from '../write-to.ts';
import { openOriginals, type OriginalsJob } from './returns/originals.ts';
import { coverSheet, listSheet } from './returns/own-sheets.ts';
import { returnedRows, type ReturnedRow } from './returns/problems.ts';
import { tableSheet, type TableToReturn } from './returns/table-sheet.ts';
import type { ReturnLanguage } from './returns/words.ts';

export interface ReturnsJob extends OriginalsJob {
  language: ReturnLanguage;
  person: string;
  /** Now, ISO 8601. */
  now: string;
}

/**
 * Rows the survey team has to look at again, as a workbook in the supplier's own layout: a cover, a sheet for each delivered table with
 * its headings and the rows as delivered, failing cells marked, and the flat list of reasons. Answers how many rows.
 */
export async function writeReturns(job: ReturnsJob, batch: StoredBatch, path: string): Promise<Written> {
  const rows = [...returnedRows(job.store, batch)];
  mkdirSync(job.temp, { recursive: true });
  const originals = await openOriginals(job, batch);
  try {
    const tables = tablesOf(batch, rows, originals.tables);
    const facts = { batch, tables, rows: rows.length, reasons: countReasons(rows), person: job.person, now: job.now };
    const sheets: SheetToWrite[] = [
      coverSheet(facts, job.language),
      ...tables.map((table) => tableSheet(table, job.language, job.breathe)),
      listSheet(batch, rows, job.language),
    ];
    await writeSheets(sheets, path);
    return { files: [path], rows: rows.length };
  } finally {
    originals.close();
  }
}

/** The tables of which rows go back; two of the same name are told apart by their files. */
function tablesOf(
  batch: StoredBatch,
  rows: readonly ReturnedRow[],
  sources: readonly (SourceTable | null)[],
): TableToReturn[] {
  const byTable = Map.groupBy(rows, ({ tableNo }) => tableNo);
  return batch.tables.flatMap((stored, tableNo) => {
    const own = byTable.get(tableNo);
    if (own === undefined) return [];
    const twice = batch.tables.filter(({ table }) => table === stored.table).length > 1;
    const name = twice ? `${stored.file.replace(/\.[^.]*$/u, '')} ${stored.table}` : stored.table;
    return [{ name, stored, source: sources[tableNo] ?? null, rows: own }];
  });
}

function countReasons(rows: readonly ReturnedRow[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { problems } of rows) for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]);
}
