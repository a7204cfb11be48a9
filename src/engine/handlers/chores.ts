import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { GewuError } from '../../api/error.ts';
import { backupFolder, listBackups, restoreBackup } from '../../project/backup.ts';
import { createProject } from '../../project/create.ts';
import type { CatalogueClass } from '../../project/schema/catalogue.ts';
import { saveClean } from '../../project/save-clean.ts';
import type { LaneContext } from '../lanes/context.ts';
import type { AsideChoreHandlers, ChoreHandlers, LaneProjectInfo, SampleDelivery } from '../lanes/handlers.ts';
import { projectCrs } from './reading.ts';

/** What the engine asks of its lanes about project files. */
export const projectChores: ChoreHandlers = {
  'chore.create'(ctx, { path: file, ...project }) {
    const { person, today } = ctx;
    createProject(file, { ...project, person, today, classes: shippedClasses(ctx.resources) });
    return null;
  },

  'chore.describe': (ctx) => describeProject(ctx),

  'chore.backups': (_ctx, { path: file }) => listBackups(file),

  'chore.restore'(ctx, { backup }) {
    const folder = path.dirname(backup);
    const file = `${folder.replace(/\.backups$/u, '')}.gpkg`;
    if (backupFolder(file) !== folder) {
      throw new GewuError('refused', `${backup} does not lie in the backups of a project.`, {
        reason: 'not-a-backup',
        backup,
      });
    }
    restoreBackup(file, backup, ctx.today);
    return { path: file };
  },

  'chore.saveClean'(ctx, { to }) {
    saveClean(ctx.project, to);
    return null;
  },
};

/** An open project in the words of the contract. */
export function describeProject(ctx: LaneContext): LaneProjectInfo {
  const info = ctx.project.info();
  const crs = projectCrs(info);
  const { district, districtName, scheme, readOnly, extent, counts, revision, foreign } = info;
  return {
    name: path.basename(ctx.project.path, '.gpkg'),
    district,
    districtName,
    scheme,
    crs: { code: crs.code, nameZh: crs.nameZh, nameEn: crs.nameEn, lonLatKnown: crs.shiftKnown },
    readOnly,
    extent,
    counts,
    revision,
    foreign,
  };
}

const shippedClass = z.object({
  scheme: z.string(),
  code: z.string(),
  majorCode: z.string().nullable(),
  majorName: z.string().nullable(),
  name: z.string(),
  nameEn: z.string().nullish(),
  geometry: z.string().nullish(),
  accuracyHint: z.string().nullish(),
});

/** The catalogues of all schemes shipped; hints of accuracy become the class's accuracy. */
function shippedClasses(resources: URL): CatalogueClass[] {
  const text = readFileSync(new URL('catalogue/component-classes.json', resources), 'utf8');
  return z
    .array(shippedClass)
    .parse(JSON.parse(text))
    .map(({ accuracyHint, geometry, nameEn, ...known }) => ({
      ...known,
      nameEn: nameEn ?? null,
      // The catalogue speaks of polygons where the file's own word is area.
      geometry: geometry === 'polygon' ? 'area' : (geometry ?? null),
      accuracy: accuracyHint ?? null,
    }));
}

/** Shape of a sample module: the shells name it, nothing here imports it. */
interface SampleModule {
  writeSample(
    folder: string,
    options: { components: number; seed: number },
  ): SampleDelivery[] | Promise<SampleDelivery[]>;
}

export const asideChores: AsideChoreHandlers = {
  async 'chore.sample'(ctx, { folder, components, seed }) {
    if (ctx.sampleModule === null)
      throw new GewuError('refused', 'This build carries no sample district.', { reason: 'no-sample' });
    ctx.progress('generating', 0, null);
    const sample = (await import(ctx.sampleModule)) as SampleModule;
    return await sample.writeSample(folder, { components, seed });
  },
};
