import { unclearCauses, type CauseCount } from './causes.ts';
import type { ColumnCache } from './columns.ts';
import type { Reader } from './reader.ts';
import { statsOf, type Group, type StatsResult } from './stats.ts';

/** What the project itself tells of the contract's `overview.get`; deliveries and rules are told by their own rooms. */
export interface OverviewFigures {
  byStreet: StatsResult;
  byPhase: Group[];
  byMajor: Group[];
  causes: CauseCount[];
  before: { rate: number; batchName: string } | null;
}

/** The district at a glance. */
export function overviewFigures(reader: Reader, columns: ColumnCache): OverviewFigures {
  const latest = reader.db
    .prepare<[], { rate: number; batchName: string }>(
      `SELECT rate_before AS rate, name AS batchName FROM gewu_batch
       WHERE state = 'accepted' AND rate_before IS NOT NULL ORDER BY revision DESC, id DESC LIMIT 1`,
    )
    .get();
  return {
    byStreet: statsOf(reader, columns, { by: 'street' }),
    byPhase: statsOf(reader, columns, { by: 'phase' }).groups,
    byMajor: statsOf(reader, columns, { by: 'major' }).groups,
    causes: unclearCauses(reader),
    before: latest ?? null,
  };
}
