import type { WireError } from '../api/error.ts';
import type { ProjectInfo } from '../api/project.ts';

/** Something a person should know that keeps no command from being done. */
export type Notice = WireError;

/** What other programs did to the project since it was last closed, and whether it may be written. */
export function noticesOf({ foreign, readOnly }: ProjectInfo): Notice[] {
  const notices: Notice[] = [];
  if (foreign !== null && foreign.revision !== null) {
    const { revision, rows } = foreign;
    notices.push({
      code: 'changed-elsewhere',
      message: `Another program changed ${rows} rows since the project was last closed; they are revision ${revision} and can be undone.`,
      data: { revision, rows },
    });
  }
  if (foreign !== null && foreign.beyond.length > 0) {
    const tables = foreign.beyond.map(({ table, rowsWas, rowsNow }) =>
      rowsWas === rowsNow ? table : `${table} (${rowsWas} → ${rowsNow})`,
    );
    notices.push({
      code: 'changed-beyond',
      message: `Another program changed tables since the project was last closed and left no trace of what was there; this cannot be undone: ${tables.join(', ')}.`,
      data: { tables, beyond: foreign.beyond },
    });
  }
  if (readOnly !== null) {
    const { code, message, data } = readOnly;
    notices.push({ code: 'read-only', message, data: { ...data, reason: code } });
  }
  return notices;
}
