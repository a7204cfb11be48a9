import type { ImportAs } from '../../api/delivery.ts';
import type { KnownPlace } from '../../project/batches/known-places.ts';
import type { Bbox, Position } from '../../model/geometry/types.ts';
import { loadClasses, type ClassCatalogue } from './classes.ts';
import type { SavedForm } from './saved-form.ts';
import { loadDictionary, type FieldDictionary } from './dictionary.ts';
import { knownNames, loadNames, type KnownNames } from './known-names.ts';
import type { ProjectNames } from '../../project/batches/known-names.ts';

/** What deliveries are judged against: our catalogues, and the project where there is one. */
export interface IntakeEnvironment {
  dictionary: FieldDictionary;
  catalogue: ClassCatalogue;
  /** Names of the district, of the catalogues and the project; read at first need. */
  names: () => KnownNames;
  /** Folder of catalogues, ending in a slash. */
  resources: URL;
  /** Null while files are only inspected, without a project. */
  project: {
    crs: string;
    scheme: string;
    district: string;
    hasGrids: boolean;
    /** Of the streets or grids, in degrees; null while there are none or the CRS has no known relation to lon/lat. */
    lonLatExtent: Bbox | null;
    /** Code of the active grid a point (project CRS) stands in, with its street and community. */
    locate: (at: Position) => { gridCode: string; streetCode: string | null; communityCode: string | null } | null;
    /** Where the project has things, for coordinates to be judged by. */
    known: {
      byCode: (as: ImportAs, codes: readonly string[]) => Map<string, KnownPlace>;
      /** Components within a reach (metres), of one class or of any. */
      near: (at: Position, reach: number, classCode: string | null) => Position[];
      classes: () => Set<string>;
      /** Whether a class code is in force in the project, of a catalogue or of its own. */
      inForce: (classCode: string) => boolean;
      /** Codes by code, name and other name. */
      areas: (layer: 'street' | 'community') => Map<string, string>;
    };
    /** What was decided about tables with these headings, or with nearly the same ones: a supplier's form grows a column now and then. */
    forms: {
      exact: (as: ImportAs | null, headings: readonly string[]) => SavedForm | null;
      likest: (as: ImportAs | null, headings: readonly string[]) => SavedForm | null;
      skipped: (table: { signature: string; table: string; sheet: boolean }) => boolean;
    };
    names: () => ProjectNames;
  } | null;
}

interface Loaded {
  dictionary: FieldDictionary;
  catalogue: ClassCatalogue;
  shipped: ReturnType<typeof loadNames>;
}
const loaded = new Map<string, Loaded>();

/** Catalogues are read once a process. */
export function loadEnvironment(resources: URL, project: IntakeEnvironment['project']): IntakeEnvironment {
  let held = loaded.get(resources.href);
  if (held === undefined) {
    const catalogue = loadClasses(resources);
    held = { dictionary: loadDictionary(resources), catalogue, shipped: loadNames(resources, catalogue) };
    loaded.set(resources.href, held);
  }
  const { shipped, ...shared } = held;
  let names: KnownNames | null = null;
  return { ...shared, names: () => (names ??= knownNames(shipped, project?.names() ?? null)), resources, project };
}
