import type { Database } from 'better-sqlite3';

/** Names a project already holds, by what they name. */
export interface ProjectNames {
  /** Names, short names and other names of units. */
  units: string[];
  streets: string[];
  communities: string[];
  /** Where components stand, as surveyed: at most 20,000 different ones. */
  addresses: string[];
}

/** Component rows looked at for addresses: enough of a district, and bounded. */
const ADDRESS_ROWS = 200_000;
const ADDRESSES = 20_000;

/** Reads the names a delivered text may be expected to hold. */
export function projectNames(db: Database): ProjectNames {
  const texts = (sql: string) => db.prepare<[], string>(sql).pluck().all();
  const place = (table: 'street' | 'community') => {
    const rows = db.prepare<[], [string | null, string | null]>(`SELECT name, aliases FROM ${table}`).raw().all();
    return rows.flatMap(([name, aliases]) => [name ?? '', ...(aliases ?? '').split(/[;；,，、]/u)]).filter(Boolean);
  };
  return {
    units: texts(
      `SELECT name FROM unit UNION SELECT short_name FROM unit WHERE short_name IS NOT NULL UNION SELECT alias FROM unit_alias`,
    ),
    streets: place('street'),
    communities: place('community'),
    addresses: texts(
      `SELECT DISTINCT address FROM (SELECT address FROM component WHERE address IS NOT NULL LIMIT ${ADDRESS_ROWS}) LIMIT ${ADDRESSES}`,
    ),
  };
}
