import path from 'node:path';
import { GewuError } from '../../api/error.ts';
import type { Filter } from '../../model/filter.ts';
import { findingCounts } from '../../project/queries/findings.ts';
import { unclearCauses } from '../../project/queries/causes.ts';
import { findingLines, gridLines, streetByCode } from '../../project/queries/report-lines.ts';
import { statsOf } from '../../project/queries/stats.ts';
import { reports, writeReport, type Report, type ReportSource } from '../../reports/index.ts';
import type { LaneContext } from '../lanes/context.ts';
import type { AsideHandlers, ReadHandlers } from '../lanes/handlers.ts';
import { writeTo } from '../write-to.ts';
import { projectCrs, readerOf, viewsOf } from './reading.ts';
import { describeRules } from './rules.ts';

function reportOf(id: string): Report {
  const report = reports.find((one) => one.id === id);
  if (report !== undefined) return report;
  const known = reports.map((one) => one.id);
  throw new GewuError('input', `There is no report ${id}; there is ${known.join(', ')}.`, {
    reason: 'no-report',
    report: id,
    known,
  });
}

/** Answers of one connection, so of one revision as long as nothing is committed meanwhile; each is asked once. */
function sourceOf(
  ctx: LaneContext,
  { street: code, asOf }: { street?: string | undefined; asOf?: string | undefined },
): ReportSource {
  const reader = readerOf(ctx);
  const info = ctx.project.info();
  const street = code === undefined ? null : streetByCode(reader, code);
  if (code !== undefined && street === null) {
    throw new GewuError('not-found', `There is no street ${code} in this project.`, {
      reason: 'street',
      street: code,
    });
  }
  const inStreet: Filter | null = street === null ? null : { op: '=', column: 'street_code', value: street.code };
  const narrow = (filter: Filter | null): Filter => {
    const parts = [inStreet, filter].filter((part) => part !== null);
    const [first] = parts;
    return parts.length === 1 && first !== undefined ? first : { op: 'and', of: parts };
  };
  return {
    asOf: asOf ?? ctx.today,
    street,
    project: {
      name: path.basename(ctx.project.path, '.gpkg'),
      district: info.districtName === '' ? info.district : info.districtName,
      crs: projectCrs(info).nameZh,
      scheme: info.scheme,
      revision: info.revision,
    },
    narrow,
    stats: (by) => statsOf(reader, viewsOf(ctx).columns.component, { by, asOf, filter: inStreet }),
    causes: () => causesOf(ctx, street === null ? null : narrow(null)),
    rules: () => describeRules(findingCounts(reader)),
    grids: () => gridLines(reader, street?.code ?? null),
    openFindings: () => findingLines(reader, street?.code ?? null),
  };
}

/** Causes of the whole district come counted; those of a street are counted under its filter. */
function causesOf(ctx: LaneContext, filter: Filter | null): { cause: string; count: number; filter: Filter }[] {
  const causes = unclearCauses(readerOf(ctx));
  if (filter === null) return causes;
  return causes.map((cause) => {
    const both: Filter = { op: 'and', of: [filter, cause.filter] };
    const { components } = statsOf(readerOf(ctx), viewsOf(ctx).columns.component, { filter: both });
    return { ...cause, count: components };
  });
}

export const reportReads: Pick<ReadHandlers, 'report.list' | 'report.preview'> = {
  'report.list': () =>
    reports.map(({ id, titleZh, titleEn, aboutZh, aboutEn }) => ({ id, titleZh, titleEn, aboutZh, aboutEn })),
  'report.preview': (ctx, { report: id, rowsPerSheet, ...narrowed }) => {
    const report = reportOf(id);
    const source = sourceOf(ctx, narrowed);
    const sheets = report.sheets(source).map((sheet) => ({ ...sheet, rows: sheet.rows.slice(0, rowsPerSheet) }));
    return { titleZh: report.titleZh, titleEn: report.titleEn, asOf: source.asOf, sheets };
  },
};

export const reportAside: Pick<AsideHandlers, 'report.write'> = {
  'report.write': async (ctx, { report: id, language, target, ...narrowed }) => {
    const report = reportOf(id);
    ctx.progress('writing', 0, null);
    return writeTo(ctx, target, (file) => writeReport(report, sourceOf(ctx, narrowed), language, file));
  },
};
