/**
 * Gewu's own bookkeeping, not itself logged.
 *
 * `gewu_change`: one row a cell as it was, in the order it was changed. `column` NULL: the row was made by that revision (its key alone
 * is kept). `gone` 1: the row was taken away by that revision, and this is one of its cells. `was` keeps type and bytes exactly.
 * `gewu_writing` holds a row only while a transaction of Gewu is under way; it is inserted and removed inside that transaction, so no
 * other program and no crash ever leaves it there. The noting triggers look at it.
 * `gewu_foreign_change`: cells as another program found them, one row a cell: `operation` insert (column NULL) | update | delete |
 * replace, `was` with type and bytes exactly.
 * `gewu_finding`: identity = rule + features + key. `gewu_finding_feature` leads from a feature to its findings.
 */
export const OWN_TABLES_SQL = `
CREATE TABLE gewu_meta (key TEXT PRIMARY KEY NOT NULL, value TEXT) WITHOUT ROWID;
CREATE TABLE gewu_writing (id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1));
CREATE TABLE gewu_revision (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  at TEXT NOT NULL,
  person TEXT NOT NULL CHECK (person <> ''),
  command TEXT NOT NULL,
  input TEXT,
  summary TEXT NOT NULL DEFAULT '{}',
  undo_of INTEGER REFERENCES gewu_revision(id),
  batch_id INTEGER,
  window TEXT,
  rows INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX gewu_revision_undo_of ON gewu_revision (undo_of) WHERE undo_of IS NOT NULL;
CREATE INDEX gewu_revision_batch_id ON gewu_revision (batch_id) WHERE batch_id IS NOT NULL;
CREATE TABLE gewu_change (
  revision INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  layer TEXT NOT NULL,
  feature_id INTEGER NOT NULL,
  "column" TEXT,
  gone INTEGER NOT NULL DEFAULT 0,
  was,
  PRIMARY KEY (revision, seq)
) WITHOUT ROWID;
CREATE INDEX gewu_change_feature ON gewu_change (feature_id, layer);
CREATE TABLE gewu_code_issue (
  layer TEXT NOT NULL,
  code TEXT NOT NULL,
  revision INTEGER,
  PRIMARY KEY (layer, code)
) WITHOUT ROWID;
CREATE TABLE gewu_foreign_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  layer TEXT NOT NULL,
  feature_id INTEGER NOT NULL,
  operation TEXT NOT NULL,
  "column" TEXT,
  was
);
CREATE TABLE gewu_finding (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  rule TEXT NOT NULL,
  severity TEXT NOT NULL,
  features TEXT NOT NULL,
  key TEXT NOT NULL DEFAULT '',
  x REAL,
  y REAL,
  data TEXT NOT NULL DEFAULT '{}',
  phase TEXT NOT NULL DEFAULT 'open',
  found_at TEXT NOT NULL,
  fixed_at TEXT,
  verified_at TEXT,
  verified_by TEXT,
  exception_id INTEGER,
  revision INTEGER,
  UNIQUE (rule, features, key)
);
CREATE INDEX gewu_finding_phase ON gewu_finding (phase, rule);
CREATE TABLE gewu_finding_feature (
  layer TEXT NOT NULL,
  feature_id INTEGER NOT NULL,
  finding_id INTEGER NOT NULL REFERENCES gewu_finding(id) ON DELETE CASCADE,
  PRIMARY KEY (layer, feature_id, finding_id)
) WITHOUT ROWID;
CREATE INDEX gewu_finding_feature_finding ON gewu_finding_feature (finding_id);
CREATE TABLE gewu_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  sha256 TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  batch_id INTEGER,
  added_at TEXT NOT NULL,
  deflated BLOB
);
CREATE INDEX gewu_file_batch_id ON gewu_file (batch_id) WHERE batch_id IS NOT NULL;
`;
