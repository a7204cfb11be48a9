import { EventEmitter } from 'node:events';
import type { BrowserContext } from 'playwright-core';
import { app } from './app.ts';
import { WebContents } from './contents.ts';

interface WebPreferences {
  preload?: string;
  [name: string]: unknown;
}
interface Options {
  width?: number;
  height?: number;
  x?: number;
  y?: number;
  title?: string;
  webPreferences?: WebPreferences;
  [name: string]: unknown;
}

/** What an app that shows pages must say outright; Electron would take the opposite without a word. */
const SECURE = { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true };

/** @throws Error naming the preference that would open a door */
export function refuseInsecure(preferences: WebPreferences): void {
  for (const [name, safe] of Object.entries(SECURE)) {
    if (preferences[name] !== safe) throw new Error(`webPreferences.${name} must be ${safe}.`);
  }
  for (const name of ['webviewTag', 'allowRunningInsecureContent', 'experimentalFeatures', 'nodeIntegrationInWorker']) {
    if (preferences[name] === true) throw new Error(`webPreferences.${name} must not be true.`);
  }
}

let browserContext: (() => Promise<BrowserContext>) | null = null;
const windows: BrowserWindow[] = [];

/** The browser whose pages the windows are. */
export function showIn(context: () => Promise<BrowserContext>): void {
  browserContext = context;
}

export class BaseWindow extends EventEmitter {}

export class BrowserWindow extends BaseWindow {
  readonly webContents = new WebContents();
  readonly options: Options;
  title: string;
  overlay: unknown;
  #bounds: { x: number; y: number; width: number; height: number };
  readonly #page: Promise<unknown>;

  constructor(options: Options = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    refuseInsecure(options.webPreferences ?? {});
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.options = options;
    this.title = options.title ?? '';
    this.overlay = options['titleBarOverlay'];
    this.#bounds = { x, y, width, height };
    windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
    this.#page = this.#open(options.webPreferences?.preload ?? '');
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return windows.at(-1) ?? null;
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return windows.find((window) => window.webContents === contents) ?? null;
  }

  async loadURL(address: string): Promise<void> {
    await this.#page;
    await this.webContents.load(address);
  }
  getNormalBounds() {
    return this.#bounds;
  }
  isMaximized(): boolean {
    return false;
  }
  isMinimized(): boolean {
    return false;
  }
  maximize(): void {
    this.emit('maximize');
  }
  restore(): void {
    this.emit('restore');
  }
  show(): void {
    this.emit('show');
  }
  focus(): void {
    windows.push(...windows.splice(windows.indexOf(this), 1));
    this.emit('focus');
  }
  setTitle(title: string): void {
    this.title = title;
  }
  setBackgroundColor(colour: string): void {
    this.options['backgroundColor'] = colour;
  }
  setTitleBarOverlay(overlay: unknown): void {
    this.overlay = overlay;
  }
  destroy(): void {
    this.#gone();
    void this.webContents.page?.close();
  }
  close(): void {
    this.emit('close', { preventDefault: () => undefined });
    this.destroy();
  }

  async #open(preload: string): Promise<void> {
    if (browserContext === null) throw new Error('The stand-in has no browser.');
    const page = await this.webContents.open(await browserContext(), preload, this.#bounds);
    this.webContents.once('dom-ready', () => this.emit('ready-to-show'));
    page.on('close', () => {
      if (windows.includes(this)) this.emit('close', { preventDefault: () => undefined });
      this.#gone();
    });
  }

  #gone(): void {
    const at = windows.indexOf(this);
    if (at === -1) return;
    windows.splice(at, 1);
    this.emit('closed');
    if (windows.length === 0) app.lastWindowClosed();
  }
}

app.closeWindows = () => {
  for (const window of windows.slice()) window.close();
};
