/**
 * The one shape of an error on the wire. Codes are stable words; `data` holds what the sentence needs.
 * Kinds a caller may act on: 'input' (the request is not usable), 'conflict' (the row changed meanwhile), 'refused' (a rule of the
 * data says no), 'busy', 'cancelled', 'not-found', 'no-project', 'read-only', 'disk-full', 'no-access', 'fault' (ours).
 */
export interface WireError {
  code: string;
  message: string;
  data: Record<string, unknown>;
}

export class GewuError extends Error {
  readonly code: string;
  readonly data: Record<string, unknown>;
  constructor(code: string, message: string, data: Record<string, unknown> = {}) {
    super(message);
    this.name = 'GewuError';
    this.code = code;
    this.data = data;
  }
}

/** Any thrown thing as the wire shape; errors of our own rooms (string `code`, `data`) keep theirs, refusals of the system get a sentence. */
export function toWireError(error: unknown): WireError {
  if (!(error instanceof Error)) return { code: 'fault', message: String(error), data: {} };
  const { code, data, path } = error as Error & { code?: unknown; data?: unknown; path?: unknown };
  if (typeof code !== 'string') return { code: 'fault', message: error.message, data: {} };
  if (typeof data === 'object' && data !== null)
    return { code, message: error.message, data: data as Record<string, unknown> };
  const refusal = refusalOfSystem(code, typeof path === 'string' ? path : null);
  return refusal ?? { code: 'fault', message: error.message, data: {} };
}

/** What the operating system or SQLite refuses and a person can do something about; the rest are faults. */
function refusalOfSystem(code: string, path: string | null): WireError | null {
  const data = path === null ? {} : { path };
  const what = path === null ? 'A file' : `"${path}"`;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'SQLITE_FULL':
      return { code: 'disk-full', message: 'The disk is full: nothing was written; make room and try again.', data };
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
    case 'SQLITE_READONLY_DIRECTORY':
      return {
        code: 'no-access',
        message: `${what} cannot be read or written with the rights of this account; choose another place.`,
        data: { path: path ?? '' },
      };
    case 'ENAMETOOLONG':
      return {
        code: 'input',
        message: `${what} is too long for a name; choose a shorter one.`,
        data: { ...data, reason: 'name-long' },
      };
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return {
        code: 'in-use',
        message: 'The project is being used by another program: try again in a moment.',
        data,
      };
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return { code: 'damaged', message: 'The file is damaged: restore a backup, or ask for the file again.', data };
    default:
      return null;
  }
}
