/**
 * The one shape of an error on the wire. Codes are stable words; `data` holds what the sentence needs.
 * Kinds a caller may act on: 'input' (the request is not usable), 'conflict' (the row changed meanwhile), 'refused' (a rule of the
 * data says no), 'busy', 'cancelled', 'not-found', 'no-project', 'read-only', 'disk-full', 'fault' (ours).
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

/** Any thrown thing as the wire shape; foreign errors with string `code` and `data` (FormatError, CrsError, …) keep them. */
export function toWireError(error: unknown): WireError {
  if (error instanceof Error) {
    const own = error as Error & { code?: unknown; data?: unknown };
    const named = error.name !== 'Error' && error.name.endsWith('Error') && typeof own.code === 'string';
    const data = typeof own.data === 'object' && own.data !== null ? (own.data as Record<string, unknown>) : {};
    return { code: named && typeof own.code === 'string' ? own.code : 'fault', message: error.message, data };
  }
  return { code: 'fault', message: String(error), data: {} };
}
