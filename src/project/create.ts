import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { digestTable, storeDigest } from './digest.ts';
import { ProjectError } from './error.ts';
import { assertFreeSpace } from './media.ts';
import { setMeta } from './meta.ts';
import { putInPlace, refuseHeldElsewhere } from './put-in-place.ts';
import { fillCatalogue, type CatalogueClass } from './schema/catalogue.ts';
import { createSchema, LOGGED, SCHEMA_VERSION } from './schema/schema.ts';
import { projectSrs, type ProjectSrs } from './schema/srs.ts';
import { sealFile } from './seal.ts';
import { registerStFunctions } from './schema/st-functions.ts';

export interface NewProject {
  /** Six digits of GB/T 2260. */
  district: string;
  districtName: string;
  /** 'EPSG:n' of a CGCS2000 zone, a projected WKT 1, or a definition. */
  crs: string | ProjectSrs;
  /** Scheme of the district's classes, spelled as in the catalogue. */
  scheme: string;
  /** Who makes it; kept in `gewu_meta`. */
  person: string;
  /** Today, ISO 8601: the day `clarity_on` begins with. */
  today: string;
  classes: readonly CatalogueClass[];
  /** Replace an existing file, which stays whole until the new one is complete. */
  force?: boolean;
}

/** About what an empty project takes, with room for its journal. */
const EMPTY_PROJECT_BYTES = 4_000_000;

/**
 * Makes an empty project: written beside its place and renamed into it, so a failure leaves what was there.
 * @throws ProjectError 'exists', 'in-use', 'crs-refused', 'disk-full', 'not-found' (no such folder), 'input' (no name of a person)
 */
export function createProject(path: string, project: NewProject): void {
  const srs = projectSrs(project.crs);
  if (project.person.trim() === '')
    throw new ProjectError('input', 'Say who makes the project: the name may not be blank.', { reason: 'no-person' });
  if (!existsSync(dirname(path)))
    throw new ProjectError('not-found', `The folder of "${path}" does not exist: choose another place.`, {
      reason: 'folder',
      path,
    });
  if (existsSync(path)) {
    if (project.force !== true)
      throw new ProjectError('exists', `"${path}" exists already: choose another name.`, { path });
    refuseHeldElsewhere(path);
  }
  assertFreeSpace(path, EMPTY_PROJECT_BYTES);
  const beside = `${path}.new-${randomUUID().slice(0, 8)}`;
  try {
    write(beside, project, srs);
    sealFile(beside);
    putInPlace(beside, path, project.person);
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(beside + suffix, { force: true });
  }
}

function write(path: string, project: NewProject, srs: ProjectSrs): void {
  const db = new Database(path);
  try {
    db.pragma('synchronous = FULL');
    registerStFunctions(db);
    db.transaction(() => {
      createSchema(db, srs);
      db.exec('INSERT INTO gewu_writing (id) VALUES (1)');
      fillCatalogue(db, project.classes);
      const meta: Record<string, string> = {
        schema_version: String(SCHEMA_VERSION),
        project_id: randomUUID(),
        district: project.district,
        district_name: project.districtName,
        scheme: project.scheme,
        crs: srs.organization === 'EPSG' ? `EPSG:${srs.organizationId}` : srs.name,
        srs_id: String(srs.srsId),
        created_by: project.person.trim(),
        created_on: project.today,
        clarity_on: project.today,
        clarity_definition: '1',
      };
      for (const [key, value] of Object.entries(meta)) setMeta(db, key, value);
      for (const table of LOGGED.values()) storeDigest(db, table.name, digestTable(db, table));
      db.exec('DELETE FROM gewu_writing');
    })();
  } finally {
    db.close();
  }
}
