import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ImportAs, TablePlan } from '../../../api/delivery.ts';
import { setBatchState, type StoredBatch } from '../../../project/batches/batches.ts';
import { storedCoverage } from '../../../project/batches/coverage.ts';
import { carryDecisions } from '../../../project/batches/carry.ts';
import { keptPhotoPath } from '../../../project/photos.ts';
import { isPhotoName } from '../../../model/photos.ts';
import { setCoverage } from '../coverage.ts';
import { layOut } from '../returns/originals.ts';
import { stageDelivery, type StageJob } from '../stage.ts';
import { notKept, type ReencodeRequest } from './reencode.ts';
import type { Reread } from './reread.ts';

/**
 * Stages a batch that has nothing live yet once more, from the kept bytes and with its own decisions about every table, in another
 * encoding. What was decided about rows that say the same as before is carried over; the earlier staging gives way. Answers the new batch.
 */
export async function restage(
  job: StageJob & { temp: string },
  batch: StoredBatch,
  readings: ReadonlyMap<number, Reread>,
  { encoding }: ReencodeRequest,
): Promise<number> {
  mkdirSync(job.temp, { recursive: true });
  const folder = mkdtempSync(path.join(job.temp, 'again-'));
  try {
    const handed = await layOut(job, batch, folder);
    const photos = batch.files.filter(({ name }) => isPhotoName(name));
    const missing = batch.files.find(
      (file) => !photos.includes(file) && !handed.some(({ sha256 }) => file.sha256 === sha256),
    );
    if (missing !== undefined) throw notKept(missing.name);
    // Handed in from where they lie, so that rows are matched with them again; one that is gone from there did not come.
    for (const photo of photos) {
      const kept = keptPhotoPath(job.store, photo.sha256);
      if (kept !== null) handed.push({ ...photo, path: kept });
    }
    const { ids } = await stageDelivery(job, {
      paths: [],
      handed,
      name: batch.name,
      plans: plansOf(batch, readings, encoding),
      replaces: batch.id,
      ...(batch.basedOn === null ? {} : { basedOn: { revision: batch.basedOn } }),
    });
    const [id] = ids;
    if (id === undefined) return batch.id;
    job.write(() => {
      const coverage = storedCoverage(job.store, batch.id);
      if (coverage.by !== 'delivered') setCoverage(job.store, { ...batch, id }, coverage);
      carryDecisions(job.store, batch.id, id);
      setBatchState(job.store, batch.id, 'superseded');
    });
    return id;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every table of the batch as it was decided; tables of other batches of the same delivery stay out. */
function plansOf(batch: StoredBatch, readings: ReadonlyMap<number, Reread>, encoding: string): TablePlan[] {
  const own = batch.tables.map((table, tableNo): TablePlan => {
    const reading = readings.get(tableNo);
    const used = reading === undefined ? table.encoding : encoding;
    const derived = reading?.derived ?? table.derived ?? [];
    return {
      file: table.file,
      table: table.table,
      skip: false,
      as: batch.kind as ImportAs,
      axes: table.axes === 'swapped' ? 'swapped' : 'east-north',
      mapping: reading?.mapping ?? table.mapping,
      ...(used === null ? {} : { encoding: used }),
      ...(table.crs === null ? {} : { crs: table.crs }),
      ...(table.datum === undefined ? {} : { datum: table.datum }),
      ...(table.scheme === null ? {} : { scheme: table.scheme }),
      ...(table.classCode === null ? {} : { classCode: table.classCode }),
      ...(table.headerRow === undefined ? {} : { headerRow: table.headerRow }),
      ...(derived.length === 0 ? {} : { derived }),
    };
  });
  return [{ file: '*', table: '*', skip: true }, ...own];
}
