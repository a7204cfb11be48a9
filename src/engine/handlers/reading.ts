import type { Position } from '../../model/geometry/types.ts';
import { isKnownCrs, registerDefinition, transformer, crsInfo } from '../../model/geometry/crs.ts';
import type { FileInfo } from '../../project/info.ts';
import type { ProjectFile } from '../../project/project-file.ts';
import type { Reader } from '../../project/queries/reader.ts';
import { ViewManager } from '../../project/queries/views.ts';
import type { LaneContext } from '../lanes/context.ts';

/** What queries read through. */
export function readerOf(ctx: LaneContext): Reader {
  return { db: ctx.project.db, today: ctx.today };
}

const newViews = (): ViewManager => new ViewManager();
/** The orders of rows this connection keeps; gone with it. */
export function viewsOf(ctx: LaneContext): ViewManager {
  return ctx.held(newViews);
}

/** The project's reference system, known to the program from here on; a user's own definition is read from the file. */
export function projectCrs(info: FileInfo): { code: string; nameZh: string; nameEn: string; shiftKnown: boolean } {
  const { code, name, wkt } = info.crs;
  const known = isKnownCrs(code) ? crsInfo(code) : registerDefinition(wkt, code);
  return known.epsg === null ? { ...known, nameZh: name, nameEn: name } : known;
}

interface LonLatOf {
  at(position: Position): [number, number] | null;
}
const makeLonLat = (project: ProjectFile): LonLatOf => {
  const { code, shiftKnown } = projectCrs(project.info());
  if (!shiftKnown) return { at: () => null };
  const convert = transformer(code, 'EPSG:4490');
  return { at: ([x, y]) => convert(x, y) };
};
/** Longitude and latitude on CGCS2000 in degrees; null where the project's datum has no known relation to it. */
export function lonLatOf(ctx: LaneContext, position: Position): [number, number] | null {
  return ctx.held(makeLonLat).at(position);
}
