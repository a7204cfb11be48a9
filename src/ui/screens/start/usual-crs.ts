import type { AppInfo } from '../../../api/project.ts';

/** CGCS2000 in the 3° zone of 117° E, where Beijing lies. */
const USUAL = 'EPSG:4548';

/** The coordinate system a new project begins with, unless the person chooses another. */
export function usualCrs(app: Pick<AppInfo, 'crs'>): AppInfo['crs'][number] | undefined {
  return app.crs.find((one) => one.code === USUAL) ?? app.crs[0];
}
