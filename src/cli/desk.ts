import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { createClient } from '../api/client.ts';
import { GewuError } from '../api/error.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { accountName } from '../engine/settings.ts';
import { ownVersion } from '../engine/version.ts';
import type { Desk } from './command.ts';
import { noticesOf, type Notice } from './notices.ts';
import type { Language } from './words.ts';

/** The engine of one command, in this process; closing it leaves the project one file. */
export interface OpenDesk extends Desk {
  engine: Engine;
  /** What opening the project brought to light. */
  notices: Notice[];
}

export interface DeskOptions {
  language: Language;
  by: string | undefined;
  stop: AbortSignal;
  /** Projects are opened for reading only, beside whoever has them. */
  beside: boolean;
  /** The person said that who had it open on another computer is gone. */
  takeOver: boolean;
}

/** `stop` ends whatever is being asked. `by` signs the changes; by default the account's name. */
export function openDesk({ language, by, stop, beside, takeOver }: DeskOptions): OpenDesk {
  const notices: Notice[] = [];
  const engine = createEngine({
    shell: 'cli',
    version: ownVersion(),
    person: by ?? accountName(),
    sampleModule: new URL('../../fixtures/district/index.ts', import.meta.url),
  });
  const client = createClient(
    {
      send: (request) => engine.handle(request),
      cancel: (id) => engine.cancel(id),
      listen: (hear) => engine.listen(hear),
    },
    'cli',
  );
  return {
    engine,
    client,
    language,
    call: (method, input, options) => client.call(method, input, { signal: stop, ...options }),
    notices,
    async open(file) {
      const project = await engine.openPath(path.resolve(file), { beside, takeOver });
      notices.push(...noticesOf(project));
      return project;
    },
    file(typed) {
      if (!existsSync(typed))
        throw new GewuError('not-found', `There is no file ${typed}.`, { reason: 'file', path: typed });
      return engine.files.add(typed);
    },
    target(typed) {
      const full = path.resolve(typed);
      const folder = path.dirname(full);
      if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
        throw new GewuError('not-found', `There is no folder ${folder}.`, { reason: 'folder', path: folder });
      }
      return { folder: engine.files.add(folder), name: path.basename(full) };
    },
    refuseExisting(typed) {
      const full = path.resolve(typed.toLowerCase().endsWith('.gpkg') ? typed : `${typed}.gpkg`);
      if (existsSync(full)) {
        throw new GewuError('exists', `${full} is already there; choose another name, or --force.`, { path: full });
      }
    },
    path: (file) => engine.files.path(file.ref),
  };
}
