import type { BrowserWindow } from 'electron';
import { CHANNELS } from './channels.ts';
import type { EngineHost } from './engine-host.ts';

/**
 * Files the computer asks Gewu to open: arguments, a double click, a second start. They wait until a page is there to take them; whether they are
 * a project or a delivery the page finds out, as with files dropped on it.
 */
export class Opening {
  readonly #engine: EngineHost;
  readonly #ready = new Set<BrowserWindow>();
  #waiting: string[] = [];

  constructor(engine: EngineHost) {
    this.#engine = engine;
  }

  add(files: readonly string[]): void {
    this.#waiting.push(...files);
    const [window] = this.#ready;
    if (window !== undefined) this.#give(window);
  }

  /** The page of this window takes files now. */
  ready(window: BrowserWindow): void {
    this.#ready.add(window);
    window.once('closed', () => this.#ready.delete(window));
    this.#give(window);
  }

  #give(window: BrowserWindow): void {
    const paths = this.#waiting;
    if (paths.length === 0) return;
    this.#waiting = [];
    this.#engine.ask({ what: 'refs', paths }).then(
      (files) => window.webContents.send(CHANNELS.files, files),
      // The engine ended meanwhile: the files wait for the next one.
      () => this.#waiting.unshift(...paths),
    );
  }
}
