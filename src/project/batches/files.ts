import { readFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';

/** Keeps a delivered file's bytes, deflated, once: the same bytes under another name are not kept twice. */
export function keepFile(
  db: Database,
  file: { name: string; path: string; size: number; sha256: string },
  batchId: number,
  addedAt: string,
): void {
  const held = db.prepare<[string], { id: number }>(`SELECT id FROM gewu_file WHERE sha256 = ?`).get(file.sha256);
  if (held !== undefined) return;
  // Level 1: deliveries are read once and kept for years, but the person is waiting now; text deflates well at any level.
  const deflated = deflateRawSync(readFileSync(file.path), { level: 1 });
  db.prepare(`INSERT INTO gewu_file (sha256, name, size, batch_id, added_at, deflated) VALUES (?, ?, ?, ?, ?, ?)`).run(
    file.sha256,
    file.name,
    file.size,
    batchId,
    addedAt,
    deflated,
  );
}

/** The delivered bytes as they are kept (deflate without a header), or null when only the digest is. */
export function deflatedFile(db: Database, sha256: string): Uint8Array | null {
  const row = db
    .prepare<[string], { deflated: Uint8Array | null }>(`SELECT deflated FROM gewu_file WHERE sha256 = ?`)
    .get(sha256);
  return row?.deflated ?? null;
}

/** The delivered bytes as they were, or null when only the digest is kept. */
export function keptFile(db: Database, sha256: string): Uint8Array | null {
  const deflated = deflatedFile(db, sha256);
  return deflated === null ? null : inflateRawSync(deflated);
}
