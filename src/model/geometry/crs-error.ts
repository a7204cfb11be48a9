/**
 * `unknown-crs`: no such code. `unreadable-definition`: neither WKT nor a PROJ string proj4 understands. `datum-shift-unknown`: the two
 * systems stand on datums whose relation nobody gave.
 */
export type CrsErrorCode = 'unknown-crs' | 'unreadable-definition' | 'datum-shift-unknown';

export class CrsError extends Error {
  readonly code: CrsErrorCode;
  readonly data: Record<string, string>;

  constructor(code: CrsErrorCode, message: string, data: Record<string, string>) {
    super(message);
    this.name = 'CrsError';
    this.code = code;
    this.data = data;
  }
}
