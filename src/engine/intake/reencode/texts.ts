import { mkdirSync } from 'node:fs';
import type { BatchText } from '../../../api/delivery.ts';
import type { StoredBatch } from '../../../project/batches/batches.ts';
import { openOriginals, type OriginalsJob } from '../returns/originals.ts';

/** What the kept bytes of a batch say of their encoding, table by table. */
export async function batchTexts(job: OriginalsJob, batch: StoredBatch): Promise<BatchText[]> {
  mkdirSync(job.temp, { recursive: true });
  const originals = await openOriginals(job, batch);
  try {
    return batch.tables.map(({ file, table, encoding }, i) => ({
      file,
      table,
      encoding,
      evidence: originals.tables[i]?.info.encoding ?? null,
    }));
  } finally {
    originals.close();
  }
}
