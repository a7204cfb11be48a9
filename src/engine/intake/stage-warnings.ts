import type { Store } from '../../project/batches/batches.ts';
import { countHeld } from '../../project/batches/decide.ts';
import type { Tally } from './stage-table.ts';

const HELD_BACK: Readonly<Record<string, string>> = {
  'true-conflict': 'were changed here and by the supplier since the version the delivery was made from',
  stale: 'still carry a value that somebody has changed by hand since',
};

/** What is said once for many rows of a staged batch: values that could not be taken, and cells held back. */
export function noteCounts(store: Store, batchId: number, tally: Tally): void {
  for (const fault of tally.faults.values()) {
    tally.warnings.push({
      code: fault.code,
      message: `${fault.count} values of ${fault.column ?? 'the shape'} could not be taken as they stand (${fault.code}), first in ${fault.file}, row ${fault.row}; the delivered text is kept.`,
      data: { ...fault },
    });
  }
  for (const { code, rows } of countHeld(store, batchId)) {
    tally.warnings.push({
      code,
      message: `${rows} rows ${HELD_BACK[code] ?? code}; they wait for a decision of their own.`,
      data: { rows },
    });
  }
}
