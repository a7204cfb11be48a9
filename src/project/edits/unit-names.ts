import type { Database } from 'better-sqlite3';
import { ROLES, type Role } from '../../model/component.ts';
import { normaliseUnitName } from '../../model/unit.ts';

/** The unit that goes by a name already, registered name, short name or alias, compared as units are. */
export function unitNamed(db: Database, name: string): { id: number; name: string } | null {
  const wanted = normaliseUnitName(name);
  const all = db
    .prepare<[], { id: number; name: string; known: string }>(
      `SELECT id, name, name AS known FROM unit UNION ALL SELECT id, name, short_name FROM unit WHERE short_name IS NOT NULL
       UNION ALL SELECT u.id, u.name, a.alias FROM unit_alias a JOIN unit u ON u.id = a.unit_id`,
    )
    .iterate();
  for (const { id, name: registered, known } of all)
    if (normaliseUnitName(known) === wanted) return { id, name: registered };
  return null;
}

/** The unit with a code (local or 统一社会信用代码), if there is one. */
export function unitCoded(db: Database, code: string): { id: number; name: string } | null {
  const found = db
    .prepare<[string, string], { id: number; name: string }>(
      `SELECT id, name FROM unit WHERE code = ? OR credit_code = ?`,
    )
    .get(code, code);
  return found ?? null;
}

/** Components and roles that have no unit yet and whose surveyed text is this name, compared as units are. */
export function unresolvedTexts(db: Database, name: string): { id: number; role: Role }[] {
  const wanted = normaliseUnitName(name);
  return ROLES.flatMap((role) => {
    const open = `${role}_id IS NULL AND ${role}_text`;
    const texts = db
      .prepare<[], string>(`SELECT DISTINCT ${role}_text FROM component WHERE ${open} IS NOT NULL`)
      .pluck()
      .all()
      .filter((text) => normaliseUnitName(text) === wanted);
    const find = db
      .prepare<[string], number>(`SELECT id FROM component WHERE ${open} IN (SELECT value FROM json_each(?))`)
      .pluck();
    return find.all(JSON.stringify(texts)).map((id) => ({ id, role }));
  });
}
