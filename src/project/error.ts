/**
 * Everything the project file can refuse, with a stable code:
 * 'not-found' · 'not-a-project' (with data.reason: empty, folder, not-sqlite, not-geopackage, foreign-geopackage, truncated, damaged) ·
 * 'newer-file' · 'in-use' · 'read-only' · 'disk-full' · 'conflict' · 'refused' · 'clashes' · 'input' · 'exists' · 'codes-exhausted' · 'crs-refused'.
 * `message` says in one English sentence what, where and what to do; `data` holds what another language needs to say it too.
 */
export class ProjectError extends Error {
  readonly code: string;
  readonly data: Record<string, unknown>;
  constructor(code: string, message: string, data: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ProjectError';
    this.code = code;
    this.data = data;
  }
}

/** The SQLite result code of a thrown thing ('SQLITE_FULL' …), or null when it is no SQLite error. */
export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || error.name !== 'SqliteError') return null;
  const code = (error as Error & { code?: unknown }).code;
  return typeof code === 'string' ? code : null;
}
