import { unitValidOn } from '../../model/clarity.ts';
import { ROLES } from '../../model/component.ts';
import { normaliseUnitName } from '../../model/unit.ts';
import type { ColumnCache } from './columns.ts';
import type { Reader } from './reader.ts';

/** As the contract's UnitInfo. `components`: those that name the unit in at least one role. */
export interface UnitEntry {
  id: number;
  code: string | null;
  creditCode: string | null;
  name: string;
  shortName: string | null;
  kind: string | null;
  validFrom: string | null;
  validTo: string | null;
  valid: boolean;
  aliases: string[];
  components: number;
}

interface UnitRow {
  id: number;
  code: string | null;
  credit_code: string | null;
  name: string;
  short_name: string | null;
  kind: string | null;
  valid_from: string | null;
  valid_to: string | null;
}

const collator = new Intl.Collator('zh');

/**
 * The registered units whose name, short name, alias or code contains the text (width and blanks folded), in Chinese order; `total` counts
 * all that match.
 */
export function listUnits(
  reader: Reader,
  columns: ColumnCache,
  question: { text?: string | undefined; limit: number },
): { units: UnitEntry[]; total: number } {
  const { db } = reader;
  const aliases = Map.groupBy(
    db.prepare<[], { unit_id: number; alias: string }>(`SELECT unit_id, alias FROM unit_alias ORDER BY id`).all(),
    (row) => row.unit_id,
  );
  const wanted = normaliseUnitName(question.text ?? '');
  const matches = (unit: UnitRow): boolean =>
    [unit.name, unit.short_name, unit.code, unit.credit_code, ...(aliases.get(unit.id) ?? []).map((a) => a.alias)].some(
      (name) => name !== null && normaliseUnitName(name).includes(wanted),
    );
  const found = db
    .prepare<[], UnitRow>(`SELECT id, code, credit_code, name, short_name, kind, valid_from, valid_to FROM unit`)
    .all()
    .filter((unit) => wanted === '' || matches(unit))
    .sort((a, b) => collator.compare(a.name, b.name) || a.id - b.id);
  const counts = componentsByUnit(reader, columns);
  const units = found.slice(0, question.limit).map((unit) => ({
    id: unit.id,
    code: unit.code,
    creditCode: unit.credit_code,
    name: unit.name,
    shortName: unit.short_name,
    kind: unit.kind,
    validFrom: unit.valid_from,
    validTo: unit.valid_to,
    valid: unitValidOn(unit, reader.today),
    aliases: (aliases.get(unit.id) ?? []).map((row) => row.alias),
    components: counts.get(unit.id) ?? 0,
  }));
  return { units, total: found.length };
}

/** Components by unit id, each counted once however many roles name it. */
function componentsByUnit(reader: Reader, columns: ColumnCache): Map<number, number> {
  const roles = ROLES.map((role) => {
    const { codes, values } = columns.column(reader.db, `${role}_id`);
    return { codes, units: Int32Array.from(values, (value) => (typeof value === 'number' ? value : 0)) };
  });
  const last = Math.max(0, ...roles.flatMap(({ units }) => [...units]));
  const counts = new Uint32Array(last + 1);
  const seen = new Int32Array(last + 1);
  const rows = roles[0]?.codes.length ?? 0;
  for (let id = 1; id < rows; id++) {
    for (const { codes, units } of roles) {
      const code = codes[id] ?? -1;
      const unit = code < 0 ? 0 : (units[code] ?? 0);
      if (unit === 0 || seen[unit] === id) continue;
      seen[unit] = id;
      counts[unit] = (counts[unit] ?? 0) + 1;
    }
  }
  return new Map([...counts.entries()].filter(([, count]) => count > 0));
}
