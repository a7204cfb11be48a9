import { GewuError } from '../../api/error.ts';
import type { ProjectInfo } from '../../api/project.ts';
import type { FileRef } from '../../api/shared.ts';
import { say } from '../words/index.ts';
import type { Engine } from './engine.ts';
import { projectChanged } from './events.ts';
import { useDialogs, type BrowseAnswer } from './stores/dialogs.ts';
import { useImporting } from './stores/importing.ts';
import { useSession } from './stores/session.ts';
import { tellFailure } from './tell.ts';

/** The person must be known before the first change; asked once on this account. */
export function withPerson(perform: () => void): void {
  const { app } = useSession.getState();
  if (app !== null && app.person !== null) perform();
  else useDialogs.getState().show({ id: 'person', after: perform });
}

export function newProject(): void {
  withPerson(() => useDialogs.getState().show({ id: 'new-project' }));
}

export function opened(engine: Engine, project: ProjectInfo): void {
  projectChanged(engine, project);
  void engine.client.call('app.info', {}).then((app) => useSession.getState().setApp(app), tellFailure);
  useDialogs.getState().close();
}

export async function openProject(engine: Engine, file: FileRef): Promise<boolean> {
  try {
    const screen = firstScreen();
    const project = await engine.client.call('project.open', { file });
    opened(engine, project);
    useSession.getState().go(screen);
    return true;
  } catch (error) {
    if (!offeredWays(file, error)) tellFailure(error);
    return false;
  }
}

/** A project begins at a delivery that was dropped before it was open, else at its overview. To be asked before it opens: every window hears of it first, and the delivery is taken. */
function firstScreen(): 'import' | 'overview' {
  return useImporting.getState().files.length > 0 ? 'import' : 'overview';
}

/** A project somebody has open: who, and the ways there are. False where that is not what is wrong. */
function offeredWays(file: FileRef, error: unknown): boolean {
  if (!(error instanceof GewuError) || error.code !== 'in-use' || typeof error.data['person'] !== 'string')
    return false;
  useDialogs.getState().show({ id: 'in-use', file, holder: error.data });
  return true;
}

/** Opens a project that somebody has: for reading only, or, where they are gone, as one's own. */
export async function openInUse(engine: Engine, file: FileRef, way: 'beside' | 'takeOver'): Promise<void> {
  try {
    opened(engine, await engine.client.call('project.open', { file, [way]: true }));
    useSession.getState().go('overview');
  } catch (error) {
    if (!offeredWays(file, error)) tellFailure(error);
  }
}

/** Makes the sample district where it is not there yet, and opens it. Progress shows as a task. */
export function openSample(engine: Engine): void {
  withPerson(() => void makeSample(engine));
}

async function makeSample(engine: Engine): Promise<void> {
  try {
    const screen = firstScreen();
    const project = await engine.client.call('project.sample', {}, { taskId: SAMPLE_TASK });
    opened(engine, project);
    useSession.getState().go(screen);
  } catch (error) {
    tellFailure(error);
  }
}
export const SAMPLE_TASK = 'sample-district';

export async function closeProject(engine: Engine): Promise<void> {
  try {
    await engine.client.call('project.close', {});
    projectChanged(engine, null);
  } catch (error) {
    tellFailure(error);
  }
}

/** The shell's own dialog where it has one, else the engine's folder browser; null when the person thought better of it. */
export function choose(
  engine: Engine,
  options: { title: string; folders: boolean; multiple: boolean; extensions: string[] },
): Promise<BrowseAnswer> {
  if (engine.host.pick !== undefined) return engine.host.pick(options);
  return new Promise((answer) => useDialogs.getState().ask({ ...options, answer }));
}

/** Endings of what a delivery may consist of, for a dialog to show. */
export const DELIVERY_EXTENSIONS =
  'gpkg shp shx dbf prj cpg zip kml kmz geojson json geojsonl ndjson xlsx xlsm xls csv tsv txt'.split(' ');

export async function openByDialog(engine: Engine): Promise<void> {
  try {
    const files = await choose(engine, {
      title: say('start.browse.openFiles'),
      folders: false,
      multiple: true,
      extensions: DELIVERY_EXTENSIONS,
    });
    if (files !== null) await receive(engine, files);
  } catch (error) {
    tellFailure(error);
  }
}

/** Files from a dialog or a drop: a single GeoPackage that is a project of ours is opened, everything else is a delivery. */
export async function receive(engine: Engine, files: readonly FileRef[]): Promise<void> {
  const [first] = files;
  if (first === undefined) return;
  if (files.length === 1 && /\.gpkg$/iu.test(first.name) && (await openedAsProject(engine, first))) return;
  useImporting.getState().offer(files);
  useSession.getState().go('import');
}

async function openedAsProject(engine: Engine, file: FileRef): Promise<boolean> {
  try {
    opened(engine, await engine.client.call('project.open', { file }));
    useSession.getState().go('overview');
    return true;
  } catch (error) {
    // Somebody else's GeoPackage is a delivery; anything else wrong with it the import screen will say.
    if (offeredWays(file, error)) return true;
    const delivery = error instanceof GewuError && error.code === 'not-a-project';
    if (useSession.getState().project !== null || delivery) return false;
    tellFailure(error);
    return true;
  }
}
