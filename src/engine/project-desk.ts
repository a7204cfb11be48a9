import path from 'node:path';
import type { EngineEvent } from '../api/contract.ts';
import type { ProjectInfo } from '../api/project.ts';
import type { FileRegistry } from './files.ts';
import type { LaneProjectInfo } from './lanes/handlers.ts';
import type { Opening, Session } from './session.ts';
import type { SettingsStore } from './settings.ts';

interface Parts {
  session: Session;
  files: FileRegistry;
  settings: SettingsStore;
  emit: (event: EngineEvent) => void;
  /** A shell with a window: lanes start at once, and the project is remembered among the recent ones. */
  windowed: boolean;
}

/** Opens and closes the one project, and tells everybody. Openings queue: two windows asking at once get one after the other. */
export class ProjectDesk {
  readonly #parts: Parts;
  #turn: Promise<unknown> = Promise.resolve();
  /** What only the opening could tell. */
  #opened: Pick<ProjectInfo, 'readOnly' | 'foreign'> = { readOnly: null, foreign: null };

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws ProjectError 'migration-needed' unless `migrate` */
  open(file: string, how: Opening = {}): Promise<ProjectInfo> {
    return this.#next(async () => {
      const { session, settings, emit, windowed } = this.#parts;
      const full = path.resolve(file);
      const before = session.path;
      try {
        const project = this.#withFile(full, await session.open(full, how));
        this.#opened = { readOnly: project.readOnly, foreign: project.foreign };
        if (windowed) {
          session.warm();
          settings.noteOpened(full, new Date().toISOString());
        }
        emit({ event: 'project', project });
        return project;
      } catch (error) {
        if (before !== null) emit({ event: 'project', project: null });
        throw error;
      }
    });
  }

  close(): Promise<void> {
    return this.#next(async () => {
      if (this.#parts.session.path === null) return;
      await this.#parts.session.close();
      this.#parts.emit({ event: 'project', project: null });
    });
  }

  /** Does something to project files while none is open. */
  whileClosed<T>(work: () => Promise<T>): Promise<T> {
    return this.#next(async () => {
      await this.#parts.session.close();
      return await work();
    });
  }

  /** Asked of a reader, so that it answers during a long accept too. */
  async info(): Promise<ProjectInfo | null> {
    const { session } = this.#parts;
    if (session.path === null) return null;
    const now = await session.chore('read', 'chore.describe', null);
    return this.#withFile(session.path, { ...now, ...this.#opened });
  }

  #withFile(full: string, info: LaneProjectInfo): ProjectInfo {
    return { ...info, file: this.#parts.files.add(full) };
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
