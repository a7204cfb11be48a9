import type { Reencoded } from '../../../api/delivery.ts';
import { encodingName } from '../../../formats/index.ts';
import type { StageJob } from '../stage.ts';
import {
  applyReread,
  batchToReread,
  lookAtReread,
  rereadBatch,
  type ReencodeJob,
  type ReencodeRequest,
} from './reencode.ts';
import { restage } from './restage.ts';

/**
 * Reads the kept bytes of a batch in another encoding, and brings its cells to it: staged again while nothing of it is live, else as one revision.
 * @throws GewuError 'not-found', 'refused', 'input', 'original-gone'; FormatError 'unknown-encoding'
 */
export async function reencodeBatch(
  job: StageJob & ReencodeJob,
  wish: ReencodeRequest & { dryRun: boolean },
): Promise<{ told: Reencoded; batchId: number }> {
  const request = { ...wish, encoding: encodingName(wish.encoding) };
  const batch = batchToReread(job, request.id);
  const readings = await rereadBatch(job, batch, request);
  if (batch.state === 'accepted') return { told: applyReread(job, batch, readings, request), batchId: batch.id };
  const told = lookAtReread(batch, readings);
  return { told, batchId: request.dryRun ? batch.id : await restage(job, batch, readings, request) };
}
