import { PILES, type BatchReceipt, type Outcome, type Pile, type ReceiptTable } from '../../api/delivery.ts';
import type { Store, StoredBatch } from '../../project/batches/batches.ts';
import { batchRevisions, countOutcomes, keptDigests, type OutcomeCount } from '../../project/batches/receipt.ts';
import { isPhotoName } from '../../model/photos.ts';
import { knownPhoto } from '../../project/photos.ts';
import type { ClassCatalogue } from './classes.ts';
import { describeBatch } from './describe-batch.ts';

/** What came in: from which files and tables, how they were read, and what became of every row. */
export function receiptOf(store: Store, batch: StoredBatch, catalogue: ClassCatalogue): BatchReceipt {
  const counts = countOutcomes(store, batch.id);
  const kept = keptDigests(
    store,
    batch.files.map(({ sha256 }) => sha256),
  );
  return {
    batch: describeBatch(store, batch),
    files: batch.files.map((file) => ({
      ...file,
      kept: kept.has(file.sha256) || (isPhotoName(file.name) && knownPhoto(store, file.sha256) !== null),
    })),
    tables: batch.tables.map((table, tableNo): ReceiptTable => {
      const own = counts.filter((count) => count.tableNo === tableNo);
      const known = table.classCode === null ? undefined : catalogue.byCode(table.classCode)[0];
      return {
        no: tableNo,
        file: table.file,
        table: table.table,
        rows: table.rows,
        encoding: table.encoding,
        crs: table.crs,
        axes: table.axes,
        scheme: table.scheme,
        classCode: table.classCode,
        className: known?.name ?? null,
        mapping: table.mapping,
        derived: table.derived ?? [],
        outcome: outcomeOf(own),
        unreadable: batch.rejected.filter((row) => row.tableNo === tableNo).length,
      };
    }),
    outcome: Object.fromEntries(
      PILES.map((pile) => [pile, outcomeOf(counts.filter((count) => count.pile === pile))]),
    ) as Record<Pile, Outcome>,
    unreadable: countBy(batch.rejected.map(({ code }) => code)),
    leftAside: batch.warnings.filter(({ code }) => LEFT_ASIDE.has(code)),
    revisions: batchRevisions(store, batch.id),
  };
}

/** Doubts that speak of files or tables nothing was read from. */
const LEFT_ASIDE = new Set(['files-left-aside', 'table-not-recognised', 'original-not-kept', 'return-parts']);

function outcomeOf(counts: readonly OutcomeCount[]): Outcome {
  const outcome: Outcome = { rows: 0, broughtIn: 0, refused: 0, open: 0 };
  for (const { pile, decision, accepted, count } of counts) {
    outcome.rows += count;
    if (accepted) outcome.broughtIn += count;
    else if (decision === 'reject') outcome.refused += count;
    else if (pile !== 'same') outcome.open += count;
  }
  return outcome;
}

function countBy(codes: readonly string[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ code, count })).toSorted((a, b) => b.count - a.count);
}
