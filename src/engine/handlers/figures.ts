import { findingCounts, getFinding, listFindings } from '../../project/queries/findings.ts';
import { listClasses } from '../../project/queries/classes.ts';
import { unclearCauses } from '../../project/queries/causes.ts';
import { districtOutline } from '../../project/queries/outline.ts';
import { overviewFigures } from '../../project/queries/overview.ts';
import { statsOf } from '../../project/queries/stats.ts';
import { listUnits } from '../../project/queries/units.ts';
import { listBatches } from '../../project/batches/batches.ts';
import { describeBatch } from '../intake/describe-batch.ts';
import type { ReadHandlers } from '../lanes/handlers.ts';
import { readerOf, viewsOf } from './reading.ts';
import { describeRules } from './rules.ts';

type FigureReads = Pick<
  ReadHandlers,
  | 'class.list'
  | 'unit.list'
  | 'map.outline'
  | 'stats.get'
  | 'stats.causes'
  | 'overview.get'
  | 'finding.list'
  | 'finding.get'
>;
/** Deliveries the overview shows; the import screen has them all. */
const LATEST_BATCHES = 6;

export const figureReads: FigureReads = {
  'class.list': (ctx) => listClasses(readerOf(ctx), viewsOf(ctx).columns.component),
  'unit.list': (ctx, question) => listUnits(readerOf(ctx), viewsOf(ctx).columns.component, question),
  'map.outline': (ctx) => districtOutline(readerOf(ctx)),
  'stats.get': (ctx, question) => statsOf(readerOf(ctx), viewsOf(ctx).columns.component, question),
  'stats.causes': (ctx) => unclearCauses(readerOf(ctx)),
  'overview.get': (ctx) => {
    const reader = readerOf(ctx);
    const batches = listBatches(reader.db).toSorted((a, b) => b.id - a.id);
    return {
      ...overviewFigures(reader, viewsOf(ctx).columns.component),
      batches: batches.slice(0, LATEST_BATCHES).map((batch) => describeBatch(reader.db, batch)),
      rules: describeRules(findingCounts(reader)),
    };
  },
  'finding.list': (ctx, question) => listFindings(readerOf(ctx), question),
  'finding.get': (ctx, { id }) => getFinding(readerOf(ctx), id),
};
