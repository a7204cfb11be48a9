import type { ProjectFile } from './project-file.ts';

/**
 * Lets work of several turns read one state of the project throughout, whatever is committed meanwhile. Only for a reading connection that
 * nobody else uses; on a network path, where a reader would hold up the writer, the work reads what is committed as it goes.
 */
export async function withSnapshot<T>(project: ProjectFile, work: () => Promise<T>): Promise<T> {
  if (project.info().network) return work();
  const { db } = project;
  db.exec('BEGIN');
  try {
    return await work();
  } finally {
    if (db.inTransaction) db.exec('COMMIT');
  }
}
