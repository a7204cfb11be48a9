import { BrowserWindow, MessageChannelMain, nativeTheme, screen, type BrowserWindowConstructorOptions } from 'electron';
import type { Look } from '../src/api/client.ts';
import { PAGE_ADDRESS } from './address.ts';
import { CHANNELS } from './channels.ts';
import type { EngineHost } from './engine-host.ts';
import { placeFor, type WindowStateStore } from './window-state.ts';

export interface WindowsOptions {
  preload: string;
  icon: string;
  store: WindowStateStore;
  engine: EngineHost;
  platform: NodeJS.Platform;
  developer: boolean;
}

/** Height of the page's title bar, and its colours (`--bg-chrome`, `--text-second`), for the system's buttons drawn over it. */
const TITLE_BAR = 40;
const COLOURS = {
  light: { color: '#eff1f4', symbolColor: '#47515f' },
  dark: { color: '#14171b', symbolColor: '#b3bbc6' },
} as const;

/** Every window shows the same page on the same engine. */
export class Windows {
  readonly #options: WindowsOptions;

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  open(): BrowserWindow {
    const { store } = this.#options;
    const window = new BrowserWindow(this.#shape());
    if (store.state.maximized) window.maximize();
    window.once('ready-to-show', () => window.show());
    window.on('close', () => store.note({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
    // A page that cannot be loaded shows its own fault; nothing here depends on it.
    window.loadURL(PAGE_ADDRESS).catch(() => undefined);
    return window;
  }

  all(): BrowserWindow[] {
    return BrowserWindow.getAllWindows();
  }

  /** Brings a window to the front, or opens one. */
  focus(): BrowserWindow {
    const window = BrowserWindow.getFocusedWindow() ?? this.all()[0];
    if (window === undefined) return this.open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return window;
  }

  /** A new pair of ports: one end for the page, the other for the engine. While there is no engine the page is told so. */
  connect(window: BrowserWindow): void {
    const { port1, port2 } = new MessageChannelMain();
    if (this.#options.engine.connect(port2)) window.webContents.postMessage(CHANNELS.port, null, [port1]);
    else window.webContents.send(CHANNELS.portLost);
  }

  send(channel: string, value?: unknown): void {
    for (const window of this.all()) window.webContents.send(channel, value);
  }

  /** The window's own colours follow the page's. */
  look({ theme }: Pick<Look, 'theme'>): void {
    nativeTheme.themeSource = theme;
    for (const window of this.all()) {
      window.setBackgroundColor(COLOURS[theme].color);
      if (this.#options.platform !== 'darwin') window.setTitleBarOverlay({ ...COLOURS[theme], height: TITLE_BAR });
    }
  }

  #shape(): BrowserWindowConstructorOptions {
    const { preload, icon, store, platform, developer } = this.#options;
    const theme = store.state.theme ?? (nativeTheme.shouldUseDarkColors ? 'dark' : 'light');
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
    const areas = [primary, ...others].map((display) => display.workArea);
    const first = this.all().length === 0;
    return {
      ...placeFor(first ? store.state.bounds : null, areas),
      minWidth: 960,
      minHeight: 600,
      show: false,
      title: '格物',
      backgroundColor: COLOURS[theme].color,
      titleBarStyle: platform === 'darwin' ? 'hiddenInset' : 'hidden',
      titleBarOverlay: platform === 'darwin' ? { height: TITLE_BAR } : { ...COLOURS[theme], height: TITLE_BAR },
      ...(platform === 'linux' ? { icon } : {}),
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        // The spelling dictionaries would be fetched from the network.
        spellcheck: false,
        devTools: developer,
      },
    };
  }
}
