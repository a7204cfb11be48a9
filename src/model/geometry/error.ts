/** Why bytes or text could not be read as a shape. */
export type GeometryErrorCode = 'geometry-unreadable' | 'geometry-unsupported';

/** Thrown by the readers of this room; `data` names the offending type or place, never a sentence. */
export class GeometryError extends Error {
  readonly code: GeometryErrorCode;
  readonly data: Record<string, string | number>;

  constructor(code: GeometryErrorCode, message: string, data: Record<string, string | number> = {}) {
    super(message);
    this.name = 'GeometryError';
    this.code = code;
    this.data = data;
  }
}
