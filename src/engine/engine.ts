import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { contract, isMethod, type EngineEvent, type Method } from '../api/contract.ts';
import type { Reply, Request } from '../api/client.ts';
import { GewuError, toWireError, type WireError } from '../api/error.ts';
import type { AppInfo, ProjectInfo } from '../api/project.ts';
import { FaultLog } from './fault-log.ts';
import { FileRegistry } from './files.ts';
import { engineHandlers, type EngineContext } from './handlers/engine.ts';
import { accountName, configFolder, SettingsStore } from './settings.ts';
import { newCancel, Session, type Opening } from './session.ts';
import { TaskList } from './tasks.ts';
import { parseInput } from './door.ts';
import type { LaneName } from './lanes/protocol.ts';
import { ProjectDesk } from './project-desk.ts';

export interface EngineOptions {
  shell: AppInfo['shell'];
  version: string;
  /** Entry of the worker threads; beside this file unless the shell was bundled. */
  laneEntry?: URL;
  /** Folder with catalogues and templates, ending in a slash. */
  resources?: URL;
  /** Module exporting `writeSample`; without it there is no sample district. */
  sampleModule?: URL;
  /** Home folder of the person: the folder browser is confined to it. */
  home?: string;
  configDir?: string;
  /** Overrules the person kept in the settings (`--by`). */
  person?: string;
  /** Local day, ISO 8601. */
  today?: () => string;
  onEvent?: (event: EngineEvent) => void;
}

export interface Engine {
  /** Never rejects: every fault is a reply. */
  handle(request: Request): Promise<Reply>;
  cancel(id: string): void;
  listen(hear: (event: EngineEvent) => void): () => void;
  readonly files: FileRegistry;
  /** Opens a project by path, for what the shell was given (an argument, a double click). */
  openPath(path: string, how?: Opening): Promise<ProjectInfo>;
  /** Stops jobs, ends the readers, then the writer; the project is one file afterwards. */
  close(): Promise<void>;
}

/** One engine serves one project to all windows and tabs of a shell. */
export function createEngine(options: EngineOptions): Engine {
  const listeners = new Set<(event: EngineEvent) => void>();
  if (options.onEvent !== undefined) listeners.add(options.onEvent);
  const emit = (event: EngineEvent) => listeners.forEach((hear) => hear(event));
  const files = new FileRegistry();
  const config = options.configDir ?? configFolder(process.env, process.platform);
  const settings = new SettingsStore(config);
  const log = new FaultLog(config);
  const given = { person: options.person ?? null };
  const person = () => given.person ?? settings.read().person ?? accountName();
  const resources = options.resources ?? new URL('../../resources/', import.meta.url);
  const temp = path.join(tmpdir(), `gewu-${randomUUID()}`);
  const session = new Session({
    entry: options.laneEntry ?? new URL('./lanes/lane.ts', import.meta.url),
    data: { resources: resources.href, sampleModule: options.sampleModule?.href ?? null, temp },
    today: options.today ?? localDay,
    person,
    onEvent: emit,
    onFile: (ref, file) => files.addResult(ref, file),
    onFault: (text) => log.append(text),
  });
  const desk = new ProjectDesk({ session, files, settings, emit, windowed: options.shell !== 'cli' });
  const desktop: Omit<EngineContext, 'requestId' | 'window' | 'cancel'> = {
    shell: options.shell,
    version: options.version,
    home: options.home ?? homedir(),
    resources,
    hasSample: options.sampleModule !== undefined,
    files,
    settings,
    session,
    desk,
    tasks: new TaskList(emit),
    person,
    given,
  };
  const requests = new RequestBook(desktop, log);
  return {
    handle: (request) => requests.handle(request),
    cancel: (id) => requests.cancel(id),
    listen(hear) {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    files,
    async openPath(file, how) {
      if (!existsSync(file))
        throw new GewuError('not-found', `There is no file ${file}.`, { reason: 'file', path: file });
      return desk.open(file, how);
    },
    async close() {
      requests.cancelAll();
      await desk.close();
      await session.stop();
      rmSync(temp, { recursive: true, force: true });
    },
  };
}

/** Requests under way, and the road each takes. */
class RequestBook {
  readonly #desktop: Omit<EngineContext, 'requestId' | 'window' | 'cancel'>;
  readonly #cancels = new Map<string, Int32Array<SharedArrayBuffer>>();

  readonly #log: FaultLog;

  constructor(desktop: Omit<EngineContext, 'requestId' | 'window' | 'cancel'>, log: FaultLog) {
    this.#desktop = desktop;
    this.#log = log;
  }

  async handle(request: Request): Promise<Reply> {
    const { id } = request;
    const { tasks } = this.#desktop;
    if (this.#cancels.has(id))
      return refused(
        id,
        new GewuError('input', `A request ${id} is already under way.`, { reason: 'request-twice', id }),
      );
    const cancel = newCancel();
    this.#cancels.set(id, cancel);
    try {
      if (!isMethod(request.method)) {
        throw new GewuError('input', `There is no method ${request.method}.`, {
          reason: 'no-method',
          method: request.method,
        });
      }
      const input = parseInput(request.method, request.input);
      this.#begin(id, request.method);
      const value = await this.#route(request.method, input, request, cancel);
      tasks.end(id, null);
      return { id, ok: true, value };
    } catch (error) {
      const wire = this.#withLog(toWireError(error), error);
      tasks.end(id, wire);
      return { id, ok: false, error: wire };
    } finally {
      this.#cancels.delete(id);
    }
  }

  /** A fault says where it was written down; lanes have written theirs already. */
  #withLog(wire: WireError, error: unknown): WireError {
    if (wire.code !== 'fault') return wire;
    if (!(error instanceof GewuError))
      this.#log.append(error instanceof Error ? (error.stack ?? error.message) : wire.message);
    return { ...wire, data: { ...wire.data, log: this.#log.path } };
  }

  cancel(id: string): void {
    const cell = this.#cancels.get(id);
    if (cell !== undefined) Atomics.store(cell, 0, 1);
  }

  cancelAll(): void {
    for (const id of this.#cancels.keys()) this.cancel(id);
  }

  #begin(id: string, method: Method): void {
    const { kind } = contract[method];
    if (kind !== 'query') this.#desktop.tasks.begin(id, method, kind === 'job');
  }

  #route(method: Method, input: unknown, request: Request, cancel: Int32Array<SharedArrayBuffer>): unknown {
    const definition = contract[method];
    const { tasks, session, files, person } = this.#desktop;
    const watch = {
      started: () => tasks.started(request.id),
      progress: (stage: string, done: number, total: number | null) => tasks.progress(request.id, stage, done, total),
    };
    if (definition.lane === 'engine') {
      const handler = engineHandlers[method as keyof typeof engineHandlers] as (
        ctx: EngineContext,
        i: unknown,
      ) => unknown;
      watch.started();
      return handler({ ...this.#desktop, requestId: request.id, window: request.window, cancel }, input);
    }
    if (!definition.anytime && session.path === null) throw new GewuError('no-project', 'No project is open.');
    const lane: LaneName = definition.lane === 'read' && definition.kind === 'job' ? 'aside' : definition.lane;
    const call = { requestId: request.id, method, input, window: request.window, person: person(), cancel };
    return session.call(lane, { ...call, files: files.pathsIn(input) }, watch);
  }
}

function refused(id: string, error: unknown): Reply {
  return { id, ok: false, error: toWireError(error) };
}

/** Today where the person is, as ISO 8601. */
function localDay(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
