import type { BasedOn } from '../../api/coverage.ts';
import { GewuError } from '../../api/error.ts';
import { getBatch, type Store } from '../../project/batches/batches.ts';
import { lastRevision, revisionAt } from '../../project/batches/past.ts';

/** The revision a delivery was made from; null where nobody says. @throws GewuError 'input', 'not-found', 'refused' */
export function baseRevision(store: Store, basedOn: BasedOn | undefined): number | null {
  if (basedOn === undefined) return null;
  if ('moment' in basedOn) {
    const found = revisionAt(store, basedOn.moment);
    if (found !== null) return found;
    const { moment } = basedOn;
    throw new GewuError('input', `"${moment}" is no day: write it like 2026-11-20, or 2026-11-20T15:30.`, {
      reason: 'moment',
      moment,
    });
  }
  if ('batch' in basedOn) {
    const batch = getBatch(store, basedOn.batch);
    const { batch: id } = basedOn;
    if (batch === null)
      throw new GewuError('not-found', `There is no delivery ${id} in this project.`, { reason: 'batch', id });
    if (batch.revision !== null) return batch.revision;
    throw new GewuError('refused', `Delivery ${id} (${batch.name}) never came in, so nothing can be based on it.`, {
      reason: 'never-came-in',
      id,
      name: batch.name,
    });
  }
  const last = lastRevision(store);
  const { revision } = basedOn;
  if (revision <= last) return revision;
  throw new GewuError('not-found', `There is no revision ${revision}; the last one is ${last}.`, {
    reason: 'revision',
    revision,
    last,
  });
}
