import type { Clarity } from '../../model/component.ts';
import { CAUSES, type Cause, type Filter } from '../../model/filter.ts';
import { causeSql, NOT_CLEAR_SQL } from './cause-sql.ts';
import type { Reader } from './reader.ts';

/** As the contract's UnclearCause: `clarity` is what most of them are, `filter` selects exactly these components. */
export interface CauseCount {
  cause: Cause;
  count: number;
  clarity: Clarity;
  filter: Filter;
}

/**
 * Why components in service are not clear: each counted once, under the first cause that holds (see `CAUSES`), most frequent first. The
 * counts add up to in service less clear.
 */
export function unclearCauses(reader: Reader): CauseCount[] {
  const why = causeSql(reader.today);
  const rows = reader.db
    .prepare<string[], { cause: Cause; clarity: Clarity; n: number }>(
      `SELECT ${why.sql} AS cause, t.clarity, count(*) AS n FROM component t WHERE ${NOT_CLEAR_SQL} GROUP BY 1, 2 ORDER BY n DESC, t.clarity`,
    )
    .all(...why.params);
  const byCause = Map.groupBy(rows, (row) => row.cause);
  return CAUSES.flatMap((cause) => {
    const own = byCause.get(cause);
    const first = own?.[0];
    if (own === undefined || first === undefined) return [];
    const count = own.reduce((sum, row) => sum + row.n, 0);
    return [{ cause, count, clarity: first.clarity, filter: { op: '=' as const, column: 'cause', value: cause } }];
  }).sort((a, b) => b.count - a.count);
}
