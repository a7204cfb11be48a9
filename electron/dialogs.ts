import { dialog, shell, type BrowserWindow, type FileFilter, type OpenDialogOptions } from 'electron';
import path from 'node:path';
import { z } from 'zod';
import { GewuError } from '../src/api/error.ts';
import { fileRef, type FileRef } from '../src/api/shared.ts';
import { CHANNELS } from './channels.ts';
import type { EngineHost } from './engine-host.ts';
import { answer } from './ipc.ts';
import type { WindowStateStore } from './window-state.ts';
import { wordsOf } from './words.ts';

const title = z.string().max(200);
const pickInput = z.object({
  title,
  folders: z.boolean(),
  multiple: z.boolean(),
  extensions: z.array(z.string().regex(/^[\da-z]{1,12}$/u)).max(40),
});
const saveInput = z.object({ title, name: z.string().min(1).max(200) });
const takeInput = z.array(z.string().min(1)).max(100_000);

type Words = ReturnType<typeof wordsOf>;

/** Native dialogs and what else of the file system the page may ask for. Paths go to the engine and tokens come back. */
export function answerDialogs(engine: EngineHost, store: WindowStateStore): void {
  const words = () => wordsOf(store.state.language);
  answer(CHANNELS.pick, pickInput, (input, window) => pick(engine, window, input, words()));
  answer(CHANNELS.saveAs, saveInput, (input, window) => saveAs(engine, window, input, words()));
  answer(CHANNELS.take, takeInput, (paths) => take(engine, paths));
  answer(CHANNELS.deliver, fileRef, async (file) => {
    const found = await engine.ask({ what: 'result', ref: file.ref });
    if (found === null)
      throw new GewuError('not-found', `${file.name} is not a file Gewu wrote.`, {
        reason: 'not-written',
        name: file.name,
      });
    shell.showItemInFolder(found);
    return null;
  });
}

async function pick(
  engine: EngineHost,
  window: BrowserWindow,
  input: z.infer<typeof pickInput>,
  words: Words,
): Promise<FileRef[] | null> {
  const properties: OpenDialogOptions['properties'] = input.folders
    ? ['openDirectory', 'createDirectory']
    : ['openFile'];
  if (input.multiple) properties.push('multiSelections');
  const filters = input.folders ? [] : filtersFor(input.extensions, words);
  const chosen = await dialog.showOpenDialog(window, { title: input.title, properties, filters });
  return chosen.canceled ? null : engine.ask({ what: 'refs', paths: chosen.filePaths });
}

async function saveAs(
  engine: EngineHost,
  window: BrowserWindow,
  input: z.infer<typeof saveInput>,
  words: Words,
): Promise<{ folder: FileRef; name: string } | null> {
  // The last part only: a name proposes no place.
  const name = path.basename(input.name);
  const filters = filtersFor([path.extname(name).slice(1).toLowerCase()], words);
  const chosen = await dialog.showSaveDialog(window, { title: input.title, defaultPath: name, filters });
  if (chosen.canceled || chosen.filePath === '') return null;
  const [folder] = await engine.ask({ what: 'refs', paths: [path.dirname(chosen.filePath)] });
  return folder === undefined ? null : { folder, name: path.basename(chosen.filePath) };
}

async function take(engine: EngineHost, paths: string[]): Promise<FileRef[]> {
  if (paths.length === 0)
    throw new GewuError('not-found', 'What was dropped is not a file on this computer.', { reason: 'dropped' });
  return engine.ask({ what: 'refs', paths });
}

function filtersFor(extensions: string[], words: Words): FileFilter[] {
  const all = { name: words.filesAll, extensions: ['*'] };
  const known = extensions.filter((extension) => extension !== '');
  return known.length === 0 ? [all] : [{ name: words.filesKnown, extensions: known }, all];
}
