import { GewuError } from '../../api/error.ts';
import { parseFilter } from '../../model/filter-text.ts';
import { isKnownCrs } from '../../model/geometry/crs.ts';
import { writeExport } from '../export/write.ts';
import type { AsideHandlers } from '../lanes/handlers.ts';
import { writeTo } from '../write-to.ts';
import { projectCrs, readerOf } from './reading.ts';

export const exportAside: Pick<AsideHandlers, 'export.write'> = {
  'export.write': async (ctx, input) => {
    const info = ctx.project.info();
    const own = projectCrs(info).code;
    const crs = input.crs ?? own;
    if (!isKnownCrs(crs))
      throw new GewuError('input', `${crs} is not a coordinate system Gewu knows; try EPSG:4490.`, {
        reason: 'crs',
        crs,
      });
    if (crs === 'GCJ-02' || crs === 'BD-09')
      throw new GewuError('refused', `${crs} is an encryption, not a coordinate system; nothing goes out in it.`, {
        reason: 'crs-encrypted',
        crs,
      });
    const filter = input.filter ?? (input.where === undefined ? null : parseFilter(input.where));
    const request = {
      layer: input.layer,
      format: input.format,
      encoding: input.encoding ?? 'utf-8',
      crs,
      projectCrs: own,
      filter,
      profile: input.profile ?? (info.scheme.startsWith('GB/T 47678') ? '2026' : '2013'),
    } as const;
    const { resources, progress, checkCancel } = ctx;
    const job = { reader: readerOf(ctx), resources, progress, checkCancel };
    return writeTo(ctx, input.target, (out) => writeExport(job, request, out));
  },
};
