import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Input, Output } from '../../api/contract.ts';
import { GewuError } from '../../api/error.ts';
import type { AppInfo, Backup, ProjectInfo } from '../../api/project.ts';
import type { FileRegistry } from '../files.ts';
import type { EngineMethod } from '../lanes/handlers.ts';
import { fileIn, projectsFolder } from '../places.ts';
import type { ProjectDesk } from '../project-desk.ts';
import { makeSample } from '../sample.ts';
import type { Session } from '../session.ts';
import { accountName, type SettingsStore } from '../settings.ts';
import type { TaskList } from '../tasks.ts';
import { knownCrs, knownDistricts, knownSchemes } from './catalogue.ts';
import { listFolder } from './host.ts';

/** What the engine's own thread has at hand for one request. */
export interface EngineContext {
  shell: AppInfo['shell'];
  version: string;
  home: string;
  resources: URL;
  hasSample: boolean;
  files: FileRegistry;
  settings: SettingsStore;
  session: Session;
  desk: ProjectDesk;
  tasks: TaskList;
  /** The person a change is signed with. */
  person(): string;
  /** Named for this run alone (`--by`), until somebody sets another name. */
  given: { person: string | null };
  requestId: string;
  window: string;
  cancel: Int32Array<SharedArrayBuffer>;
}

type EngineHandlers = {
  [M in EngineMethod]: (ctx: EngineContext, input: Input<M>) => Output<M> | Promise<Output<M>>;
};

export const engineHandlers: EngineHandlers = {
  'app.info': (ctx) => appInfo(ctx),

  'app.setPerson'(ctx, { name }) {
    ctx.given.person = null;
    ctx.settings.setPerson(name);
    return appInfo(ctx);
  },

  'project.new': (ctx, input) => newProject(ctx, input),

  'project.open'(ctx, { file, ...how }) {
    refuseWhileBusy(ctx);
    const full = ctx.files.path(file.ref);
    if (!existsSync(full))
      throw new GewuError('not-found', `${file.name} is no longer there.`, { reason: 'file-gone', name: file.name });
    return ctx.desk.open(full, how);
  },

  async 'project.close'(ctx) {
    refuseWhileBusy(ctx);
    await ctx.desk.close();
    return null;
  },

  'project.info': (ctx) => ctx.desk.info(),

  async 'project.sample'(ctx, input) {
    refuseWhileBusy(ctx);
    return makeSample(ctx, input);
  },

  async 'project.backups'(ctx, { file }): Promise<Backup[]> {
    const of = file === undefined ? ctx.session.path : ctx.files.path(file.ref);
    if (of === null) throw new GewuError('no-project', 'No project is open.');
    const found = await ctx.session.chore('write', 'chore.backups', { path: of });
    return found.map(({ path: full, ...backup }) => ({ ...backup, file: ctx.files.add(full) }));
  },

  async 'project.restore'(ctx, { backup }) {
    refuseWhileBusy(ctx);
    const from = ctx.files.path(backup.ref);
    const project = await ctx.desk.whileClosed(() => ctx.session.chore('write', 'chore.restore', { backup: from }));
    return ctx.desk.open(project.path);
  },

  async 'project.saveClean'(ctx, { folder, name }) {
    refuseWhileBusy(ctx);
    const open = ctx.session.path;
    if (open === null) throw new GewuError('no-project', 'No project is open.');
    const to = fileIn(folder === undefined ? path.dirname(open) : ctx.files.path(folder.ref), name, '.gpkg');
    refuseExisting(to);
    await ctx.session.chore('write', 'chore.saveClean', { to });
    return ctx.desk.open(to);
  },

  'host.list': (ctx, { folder }) =>
    listFolder(ctx.files, ctx.home, folder === undefined ? null : ctx.files.path(folder.ref)),

  'task.list': (ctx) => ctx.tasks.list(),
};

async function newProject(ctx: EngineContext, input: Input<'project.new'>): Promise<ProjectInfo> {
  refuseWhileBusy(ctx);
  const folder = input.folder === undefined ? projectsFolder(ctx.home) : ctx.files.path(input.folder.ref);
  const full = fileIn(folder, input.name, '.gpkg');
  if (input.force !== true) refuseExisting(full);
  mkdirSync(folder, { recursive: true });
  const districtName = knownDistricts(ctx.resources).find((d) => d.code === input.district)?.name ?? input.district;
  const { district, crs, scheme } = input;
  await ctx.desk.whileClosed(() =>
    ctx.session.chore('write', 'chore.create', {
      path: full,
      district,
      districtName,
      crs,
      scheme: spelledScheme(ctx, scheme),
      force: input.force === true,
    }),
  );
  return ctx.desk.open(full);
}

/** The scheme as the catalogue spells it; its blank may be typed as '-'. @throws GewuError 'input' */
function spelledScheme(ctx: EngineContext, typed: string): string {
  const schemes = knownSchemes(ctx.resources);
  const plain = (text: string) => text.replace(/[\s-]+/gu, ' ').toUpperCase();
  const found = schemes.find((scheme) => plain(scheme) === plain(typed));
  if (found !== undefined) return found;
  throw new GewuError('input', `There is no scheme "${typed}"; known are ${schemes.join(', ')}.`, {
    reason: 'no-scheme',
    scheme: typed,
    schemes,
  });
}

function refuseExisting(full: string): void {
  if (!existsSync(full)) return;
  throw new GewuError('exists', `${full} is already there; choose another name, or say to replace it.`, {
    path: full,
    name: path.basename(full),
  });
}

/** Changing the project under a running job would pull the ground from it. @throws GewuError 'busy' */
function refuseWhileBusy(ctx: EngineContext): void {
  const other = ctx.tasks.list().find((task) => task.id !== ctx.requestId && task.state === 'running');
  if (other === undefined) return;
  throw new GewuError('busy', `${other.method} is still running; wait for it or stop it first.`, {
    method: other.method,
  });
}

async function appInfo(ctx: EngineContext): Promise<AppInfo> {
  const { person, recents } = ctx.settings.read();
  return {
    version: ctx.version,
    shell: ctx.shell,
    person: ctx.given.person ?? person,
    suggestedPerson: accountName(),
    recents: recents.map((recent) => ({
      file: ctx.files.add(recent.path),
      name: path.basename(recent.path, '.gpkg'),
      openedAt: recent.openedAt,
      missing: !existsSync(recent.path),
    })),
    districts: knownDistricts(ctx.resources),
    schemes: knownSchemes(ctx.resources),
    crs: knownCrs(),
  };
}
