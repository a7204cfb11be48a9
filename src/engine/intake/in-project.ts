import { crsInfo, transformInPlace } from '../../model/geometry/crs.ts';
import type { Bbox, Position } from '../../model/geometry/types.ts';
import { makeGeopackageFormat } from '../../formats/index.ts';
import type { OpenOptions } from '../../formats/index.ts';
import { projectNames } from '../../project/batches/known-names.ts';
import { classAccuracies } from '../../project/batches/mappings.ts';
import { areaCodes, classesPresent, componentsNear, placesByCode } from '../../project/batches/known-places.ts';
import type { Store } from '../../project/batches/batches.ts';
import { openDeliveredGpkg } from '../../project/delivered-gpkg.ts';
import { PlaceFinder } from '../../project/place.ts';
import type { ProjectFile } from '../../project/project-file.ts';
import type { IntakeEnvironment } from './environment.ts';
import { kindOf } from './kinds.ts';
import { refusing } from './refusing.ts';
import { exactForm, likestForm, wasSkipped } from './saved-mappings.ts';

/** Enough points that boxes are read once instead of asking the R-tree for each. */
const MANY = 1_000_000;

/** What a project knows that helps to judge a delivery. The grids are read at first need and kept for one delivery. */
export function projectEnvironment(project: ProjectFile): IntakeEnvironment['project'] {
  const info = project.info();
  let finder: PlaceFinder | null = null;
  return {
    crs: info.crs.code,
    scheme: info.scheme,
    district: info.district,
    hasGrids: info.counts.unitGrid > 0,
    lonLatExtent: info.extent === null || info.counts.street === 0 ? null : lonLatBox(info.crs.code, info.extent),
    locate(at: Position) {
      if (info.counts.unitGrid === 0) return null;
      finder ??= new PlaceFinder(project.db, 'unit_grid', MANY);
      const area = finder.at(at);
      if (area === null || area.code === null) return null;
      return { gridCode: area.code, streetCode: area.streetCode, communityCode: area.communityCode };
    },
    known: knownThings(project),
    forms: {
      exact: (as, headings) => exactForm(project.db, as, headings),
      likest: (as, headings) => likestForm(project.db, as, headings),
      skipped: (table) => wasSkipped(project.db, table),
    },
    names: () => projectNames(project.db),
  };
}

type Known = NonNullable<IntakeEnvironment['project']>['known'];

function knownThings({ db }: ProjectFile): Known {
  let near: Known['near'] | null = null;
  let classes: Set<string> | null = null;
  return {
    byCode(as, codes) {
      const { table } = kindOf(as);
      return table === 'unit' ? new Map() : placesByCode(db, table, codes);
    },
    near: (at, reach, classCode) => (near ??= componentsNear(db))(at, reach, classCode),
    classes: () => (classes ??= classesPresent(db)),
    inForce: (classCode) => classAccuracies(db).has(classCode),
    areas: (layer) => areaCodes(db, layer),
  };
}

/** Box in degrees round a projected one: the corners and the middles of its sides, since meridians bend. */
function lonLatBox(crs: string, [minX, minY, maxX, maxY]: Bbox): Bbox | null {
  if (!crsInfo(crs).shiftKnown) return null;
  const [midX, midY] = [(minX + maxX) / 2, (minY + maxY) / 2];
  const xy = Float64Array.from([
    minX,
    minY,
    maxX,
    minY,
    maxX,
    maxY,
    minX,
    maxY,
    midX,
    minY,
    maxX,
    midY,
    midX,
    maxY,
    minX,
    midY,
  ]);
  transformInPlace(crs, 'EPSG:4490', xy);
  const lon = xy.filter((_, i) => i % 2 === 0);
  const lat = xy.filter((_, i) => i % 2 === 1);
  return [Math.min(...lon), Math.min(...lat), Math.max(...lon), Math.max(...lat)];
}

export function accuracyByClass(store: Store): (classCode: string | null) => string | null {
  const accuracies = classAccuracies(store);
  return (classCode) => (classCode === null ? null : (accuracies.get(classCode) ?? null));
}

/** Every format of a delivery; GeoPackages are read where SQLite is known. */
export function deliveryFormats(): OpenOptions {
  return { extra: [makeGeopackageFormat({ open: async (file) => await refusing(openDeliveredGpkg(file)) })] };
}
