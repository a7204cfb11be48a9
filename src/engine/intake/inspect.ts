import type { InspectedTable, Inspection, TablePlan } from '../../api/delivery.ts';
import { openDelivery } from '../../formats/index.ts';
import { planFor } from './check-plan.ts';
import { collectFiles, hashFile, leftAside, openFiles } from './delivery-files.ts';
import type { IntakeEnvironment } from './environment.ts';
import { partPhotos, photosFound } from './photos.ts';
import { planTable, type PlannedTable } from './plan.ts';
import { withoutReturnParts } from './returns/returned.ts';
import { distinctValues } from './survey.ts';

export interface InspectJob {
  environment: IntakeEnvironment;
  formats: Parameters<typeof openDelivery>[1];
  deliveredBefore: (sha256: string) => { batchId: number; at: string } | null;
  progress: (stage: string, done: number, total: number | null) => void;
  checkCancel: () => void;
  breathe: () => Promise<void>;
}

/** What a delivery holds, and why we think so. Changes nothing. */
export async function inspectDelivery(job: InspectJob, paths: string[], plans: TablePlan[]): Promise<Inspection> {
  const handed = collectFiles(paths).map((file) => hashFile(file, () => job.checkCancel()));
  const opened = openFiles(handed);
  try {
    const delivery = await openDelivery(opened.files, {
      ...job.formats,
      vocabulary: job.environment.names().vocabulary,
    });
    const { doubts, others } = delivery;
    const { tables, doubts: parts } = withoutReturnParts(delivery.tables);
    const { photos, rest } = partPhotos(others);
    doubts.push(...photosFound(photos), ...leftAside(rest), ...parts);
    const inspected: InspectedTable[] = [];
    for (const [index, table] of tables.entries()) {
      await job.breathe();
      job.progress('looking', index, tables.length);
      const wish = planFor(plans, table.info.file, table.info.name);
      inspected.push(describe(await planTable(job.environment, table, wish, undefined)));
    }
    return {
      files: handed.map(({ name, size, sha256 }) => ({
        name,
        size,
        sha256,
        deliveredBefore: job.deliveredBefore(sha256),
      })),
      tables: inspected,
      doubts: doubts.map((doubt) => ({ ...doubt, data: doubt.data ?? {} })),
    };
  } finally {
    opened.close();
  }
}

const SAMPLES = 5;
const FIRST_ROWS = 8;

function describe(plan: PlannedTable): InspectedTable {
  const { info } = plan.source;
  const types = new Map(info.fields.map((field) => [field.name, field.type]));
  return {
    file: info.file,
    name: info.name,
    format: info.format,
    geometry: info.geometry,
    rows: info.rows,
    deletedRows: info.deletedRows,
    encoding: plan.encoding,
    crs: {
      code: plan.crs.code,
      axes: plan.crs.axes,
      confidence: plan.crs.confidence,
      evidence: plan.crs.evidence,
      candidates: plan.crs.candidates,
      datum: plan.crs.datum,
    },
    fields: plan.fields.map((field) => ({
      name: field.field,
      type: types.get(field.field) ?? 'text',
      role: field.to,
      confidence: field.confidence,
      why: field.why,
      ...(field.change === false ? { change: field.change } : {}),
      ...(field.offer === undefined ? {} : { offer: field.offer }),
      samples: distinctValues(plan.survey.rows, field.field, SAMPLES),
    })),
    derived: plan.derived,
    firstRows: plan.survey.rows.slice(0, FIRST_ROWS).map(({ row, values }) => ({
      row,
      values: plan.fields.map(({ field }) => values[field] ?? null),
    })),
    as: plan.as,
    componentClass: plan.componentClass,
    headerRow: info.headerRow ?? null,
    headerSignature: plan.signature,
    savedMapping: plan.savedMapping,
    skip: plan.skip,
    doubts: [...info.doubts, ...plan.doubts].map((doubt) => ({ ...doubt, data: doubt.data ?? {} })),
  };
}
