import { app, BrowserWindow, dialog, Menu, protocol, session, type WebContents } from 'electron';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Given } from './arguments.ts';
import { SCHEME } from './address.ts';
import { CHANNELS } from './channels.ts';
import { answerDialogs } from './dialogs.ts';
import { EngineHost } from './engine-host.ts';
import { guardContents, guardSession } from './guards.ts';
import { hear } from './ipc.ts';
import { buildMenu } from './menu.ts';
import { Opening } from './opening.ts';
import { answerPage } from './page-files.ts';
import { Windows } from './windows.ts';
import { WindowStateStore } from './window-state.ts';
import { wordsOf } from './words.ts';

/** Built files lie flat in dist/electron, the page in dist/ui, what is shipped with them in resources/. */
const built = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const lookInput = z.object({ theme: z.enum(['light', 'dark']), language: z.enum(['zh', 'en']) });
const nothing = z.undefined();

/** The app as one thing: engine, windows, menu, and what passes between them. */
export class Desktop {
  readonly #store: WindowStateStore;
  readonly #engine: EngineHost;
  readonly #windows: Windows;
  readonly #opening: Opening;
  readonly #developer = !app.isPackaged;
  #quitting: 'no' | 'closing' | 'closed' = 'no';

  constructor(given: Given) {
    this.#store = new WindowStateStore(app.getPath('userData'));
    this.#engine = new EngineHost({
      entry: built('./engine.js'),
      args: given.by === null ? [] : ['--by', given.by],
      onLost: () => this.#windows.send(CHANNELS.portLost),
      onBack: () => this.#windows.all().forEach((window) => this.#windows.connect(window)),
      onGivenUp: (retry) => void this.#offerAgain(retry),
    });
    this.#windows = new Windows({
      preload: built('./preload.cjs'),
      icon: built('../../resources/icon/gewu.png'),
      store: this.#store,
      engine: this.#engine,
      platform: process.platform,
      developer: this.#developer,
    });
    this.#opening = new Opening(this.#engine);
    this.#opening.add(given.files);
  }

  /** What has to be listened for before the app is ready. */
  listen(): void {
    app.on('open-file', (event, file) => {
      event.preventDefault();
      this.#openFiles([file]);
    });
    app.on('second-instance', (_event, _args, _folder, data) => this.#openFiles(filesIn(data)));
    app.on('web-contents-created', (_event, contents) => {
      guardContents(contents);
      contents.on('render-process-gone', (_gone, { reason }) => {
        if (reason !== 'clean-exit') void this.#offerReload(contents);
      });
    });
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
    app.on('activate', () => {
      if (app.isReady() && this.#windows.all().length === 0) this.#windows.open();
    });
    app.on('before-quit', (event) => this.#beforeQuit(event));
  }

  start(): void {
    guardSession(session.defaultSession);
    const page = built('../ui/');
    protocol.handle(SCHEME, (request) => answerPage(request, page));
    this.#engine.start();
    answerDialogs(this.#engine, this.#store);
    this.#hearPages();
    this.#setMenu();
    const { theme } = this.#store.state;
    if (theme !== null) this.#windows.look({ theme });
    this.#windows.open();
  }

  /** Brings a window to the front, which takes the files. */
  #openFiles(files: readonly string[]): void {
    this.#opening.add(files);
    if (app.isReady() && this.#quitting === 'no') this.#windows.focus();
  }

  #hearPages(): void {
    hear(CHANNELS.portWanted, nothing, (_none, window) => this.#windows.connect(window));
    hear(CHANNELS.ready, nothing, (_none, window) => this.#opening.ready(window));
    hear(CHANNELS.title, z.string().max(300), (title, window) => window.setTitle(title));
    hear(CHANNELS.look, lookInput, (look) => {
      const before = this.#store.state;
      this.#windows.look(look);
      if (look.theme === before.theme && look.language === before.language) return;
      this.#store.note(look);
      if (look.language !== before.language) this.#setMenu();
    });
  }

  #setMenu(): void {
    const menu = buildMenu({
      language: this.#store.state.language,
      platform: process.platform,
      developer: this.#developer,
      newWindow: () => this.#windows.open(),
      perform: (action, window) => {
        const target = window instanceof BrowserWindow ? window : this.#windows.focus();
        target.webContents.send(CHANNELS.action, action);
      },
    });
    Menu.setApplicationMenu(menu);
  }

  /** The app ends when the engine has closed the project to one file, not before. */
  #beforeQuit(event: { preventDefault(): void }): void {
    if (this.#quitting === 'closed') return;
    event.preventDefault();
    if (this.#quitting === 'closing') return;
    this.#quitting = 'closing';
    void this.#closeEngine();
  }

  async #closeEngine(): Promise<void> {
    await this.#engine.close();
    this.#quitting = 'closed';
    app.quit();
  }

  async #offerAgain(retry: () => void): Promise<void> {
    const w = wordsOf(this.#store.state.language);
    const buttons = [w.engineAgain, w.quit];
    const { response } = await dialog.showMessageBox({ type: 'error', message: w.engineGone, buttons, cancelId: 1 });
    if (response === 0) retry();
    else app.quit();
  }

  async #offerReload(contents: WebContents): Promise<void> {
    const w = wordsOf(this.#store.state.language);
    const buttons = [w.pageAgain, w.closeWindow];
    const { response } = await dialog.showMessageBox({ type: 'error', message: w.pageGone, buttons, cancelId: 1 });
    if (response === 0) contents.reload();
    else BrowserWindow.fromWebContents(contents)?.destroy();
  }
}

/** What a second start of the app hands over; see main.ts. */
function filesIn(data: unknown): string[] {
  const parsed = z.object({ files: z.array(z.string()) }).safeParse(data);
  return parsed.success ? parsed.data.files.map((file) => path.resolve(file)) : [];
}
