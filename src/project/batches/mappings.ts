import type { Database } from 'better-sqlite3';

/** The mapping saved for a header signature ('kind:digest'), as JSON text. */
export function mappingRow(db: Database, signature: string): { id: number; mapping: string } | null {
  return (
    db
      .prepare<[string], { id: number; mapping: string }>(`SELECT id, mapping FROM gewu_mapping WHERE signature = ?`)
      .get(signature) ?? null
  );
}

/** Every saved mapping of a kind, the latest first, as JSON text. */
export function mappingsOfKind(db: Database, kind: string): string[] {
  return db
    .prepare<[string], string>(`SELECT mapping FROM gewu_mapping WHERE kind = ? ORDER BY at DESC, id DESC`)
    .pluck()
    .all(kind);
}

/** Class code → accuracy hint ('A', 'B', 'C' or null) of the catalogue in force. */
export function classAccuracies(db: Database): Map<string, string | null> {
  const rows = db
    .prepare<[], { code: string; accuracy: string | null }>(`SELECT code, accuracy FROM component_class`)
    .all();
  return new Map(rows.map((row) => [row.code, row.accuracy]));
}
