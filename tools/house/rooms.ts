/** The rooms of the house and which rooms each may use. Only what stands here is allowed; every room may use itself. */
export interface Room {
  name: string;
  /** Folder from the root, with a slash at its end. */
  folder: string;
  uses: string[];
}

export const rooms: Room[] = [
  { name: 'model', folder: 'src/model/', uses: [] },
  { name: 'api', folder: 'src/api/', uses: ['model'] },
  { name: 'project', folder: 'src/project/', uses: ['model'] },
  { name: 'formats', folder: 'src/formats/', uses: ['model'] },
  { name: 'checks', folder: 'src/checks/', uses: ['model'] },
  { name: 'reports', folder: 'src/reports/', uses: ['model'] },
  // The generator of the sample district ships with the app, because every empty window offers it. The shells hand its
  // address to the engine, so that the engine itself does not depend on sample data.
  { name: 'fixtures', folder: 'fixtures/', uses: ['model', 'formats', 'api'] },
  { name: 'engine', folder: 'src/engine/', uses: ['api', 'project', 'formats', 'checks', 'reports', 'model'] },
  { name: 'ui', folder: 'src/ui/', uses: ['api', 'model'] },
  { name: 'server', folder: 'src/server/', uses: ['engine', 'api', 'fixtures'] },
  { name: 'cli', folder: 'src/cli/', uses: ['engine', 'api', 'fixtures'] },
  { name: 'electron', folder: 'electron/', uses: ['engine', 'api', 'fixtures'] },
];

/** Packages that only some rooms may know. What crosses rooms on purpose (tests/, bench/) may know them too. */
export const exclusive: { package: string; folders: string[] }[] = [
  { package: 'electron', folders: ['electron/'] },
  { package: 'better-sqlite3', folders: ['src/project/'] },
  { package: 'ol', folders: ['src/ui/map/'] },
  { package: 'exceljs', folders: ['src/formats/', 'src/reports/'] },
];

/** All that the model may take from outside: exact arithmetic and a spatial index, both pure as the model itself. */
export const modelPackages: { folder: string; packages: string[] } = {
  folder: 'src/model/',
  packages: ['robust-predicates', 'flatbush', 'proj4'],
};

export function roomOf(path: string): Room | undefined {
  return rooms.find((room) => path.startsWith(room.folder));
}
