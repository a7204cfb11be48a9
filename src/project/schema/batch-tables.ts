/**
 * Deliveries and their staged rows. Not logged by revisions: a batch is accepted (one revision) or not, and its rows stay as the receipt.
 *
 * `gewu_batch.tables`, `piles`, `rejected`, `warnings` are JSON as in the contract's BatchInfo.
 * `gewu_batch_row`: `values_now` JSON {column: delivered value after normalisation}, `values_was` JSON {column: value in the project when
 * staged} for the columns that differ, `extra` JSON of what has no column, `shape` the delivered shape in the project CRS as GeoPackage
 * binary (line or area of a component, polygon of a grid), `x`,`y` its identifying point, `from_x`,`from_y` where the matched feature stands, `moved` metres.
 * `decision` is the row's; `cell_decisions` JSON {column: decision} overrides it by cell ('geom' for the position).
 */
export const BATCH_TABLES_SQL = `
CREATE TABLE gewu_batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('staging','staged','accepted','undone','superseded','discarded')),
  at TEXT NOT NULL,
  person TEXT NOT NULL,
  kind TEXT NOT NULL,
  files TEXT NOT NULL,
  tables TEXT NOT NULL DEFAULT '[]',
  rows INTEGER NOT NULL DEFAULT 0,
  rejected TEXT NOT NULL DEFAULT '[]',
  rejected_total INTEGER NOT NULL DEFAULT 0,
  warnings TEXT NOT NULL DEFAULT '[]',
  digest TEXT,
  based_on INTEGER,
  revision INTEGER,
  accepted_rows INTEGER NOT NULL DEFAULT 0,
  rate_before REAL
);
CREATE TABLE gewu_batch_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES gewu_batch(id) ON DELETE CASCADE,
  table_no INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  key TEXT,
  pile TEXT NOT NULL CHECK (pile IN ('new','changed','same','gone','unclear')),
  reason TEXT,
  feature_id INTEGER,
  class_code TEXT,
  street_code TEXT,
  values_now TEXT NOT NULL,
  values_was TEXT,
  faults TEXT,
  extra TEXT,
  shape BLOB,
  x REAL, y REAL, from_x REAL, from_y REAL, moved REAL,
  decision TEXT NOT NULL DEFAULT 'pending' CHECK (decision IN ('pending','accept','reject')),
  cell_decisions TEXT,
  accepted INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX gewu_batch_row_pile ON gewu_batch_row (batch_id, pile, id);
CREATE INDEX gewu_batch_row_key ON gewu_batch_row (batch_id, key);
`;
