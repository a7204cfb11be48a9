import type { Database } from 'better-sqlite3';
import { normaliseUnitName } from '../../model/unit.ts';

/** Finds the registered unit a delivered text and code stand for. */
export interface UnitResolver {
  /** id is null when nothing is registered under either, or when text and code stand for different units (`conflict`). */
  resolve(text: string | null, code: string | null): { id: number | null; conflict: boolean };
}

const AMBIGUOUS = -1;

/**
 * Exact resolution by name, short name, alias, local code and credit code, after folding width and blanks: likeness is a person's
 * decision (an alias), never a guess here. A name two units share resolves to neither.
 */
export function createUnitResolver(db: Database): UnitResolver {
  const byName = new Map<string, number>();
  const byCode = new Map<string, number>();
  const put = (map: Map<string, number>, key: string | null, id: number) => {
    if (key === null || key === '') return;
    const held = map.get(key);
    map.set(key, held === undefined || held === id ? id : AMBIGUOUS);
  };
  const units = db
    .prepare<
      [],
      { id: number; code: string | null; credit_code: string | null; name: string; short_name: string | null }
    >(`SELECT id, code, credit_code, name, short_name FROM unit`)
    .all();
  for (const unit of units) {
    put(byCode, unit.code, unit.id);
    put(byCode, unit.credit_code, unit.id);
    put(byName, normaliseUnitName(unit.name), unit.id);
  }
  // Full names win over short names and aliases: only what no full name says is added.
  const full = new Set(byName.keys());
  const also = (text: string | null, id: number) => {
    const key = text === null ? null : normaliseUnitName(text);
    if (key !== null && !full.has(key)) put(byName, key, id);
  };
  for (const unit of units) also(unit.short_name, unit.id);
  const aliases = db.prepare<[], { unit_id: number; alias: string }>(`SELECT unit_id, alias FROM unit_alias`).all();
  for (const alias of aliases) also(alias.alias, alias.unit_id);

  const known = (id: number | undefined) => (id === undefined || id === AMBIGUOUS ? null : id);
  return {
    resolve(text, code) {
      const named = text === null ? null : known(byName.get(normaliseUnitName(text)));
      const coded = code === null ? null : known(byCode.get(code));
      if (named !== null && coded !== null && named !== coded) return { id: null, conflict: true };
      return { id: named ?? coded, conflict: false };
    },
  };
}
