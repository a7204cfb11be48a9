import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserContext, Frame, Page, Route } from 'playwright-core';
import { read, write } from './codec.ts';
import { faults } from './faults.ts';
import { dispatch } from './ipc.ts';
import { checkTransfer, PortBook } from './ports.ts';
import { answer, inward, outward } from './protocol.ts';
import { installRealm, NAMES, type FromPage, type ToPage } from './realm.ts';

export interface FrameLike {
  url: string;
  parent: FrameLike | null;
}
type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

/** A page of the real Chromium behind the interface of Electron's WebContents. */
export class WebContents extends EventEmitter {
  #page: Page | null = null;
  /** Where the shell itself sends the window; every other way out is the page's and can be refused. */
  #expected: string | null = null;
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  #paths: Record<string, string> = {};
  readonly #ports = new PortBook((port, data, closed) => {
    if (!closed) void this.#tell({ kind: 'port', port, args: [data] });
  });

  get page(): Page | null {
    return this.#page;
  }
  get mainFrame(): FrameLike {
    return { url: this.getURL(), parent: null };
  }
  getURL(): string {
    return inward(this.#page?.url() ?? '');
  }

  async open(context: BrowserContext, preload: string, size: { width: number; height: number }): Promise<Page> {
    const page = await context.newPage();
    this.#page = page;
    await page.setViewportSize(size);
    faults.watch(page);
    await page.exposeBinding(NAMES.call, ({ frame }, text: string) => this.#hear(frame, text));
    const script = readFileSync(preload, 'utf8');
    await page.addInitScript({
      content: `(${installRealm.toString()})(${JSON.stringify(NAMES)}, function (require, module, exports) {${script}\n});`,
    });
    await page.route('**/*', (route) => this.#route(route));
    const devtools = await context.newCDPSession(page);
    await devtools.send('Page.enable');
    devtools.on('Page.windowOpen', ({ url }) => void this.#openHandler({ url: inward(url) }));
    // Electron makes no window for a refused one; here it is there already.
    page.on('popup', (popup) => void popup.close());
    page.on('domcontentloaded', () => this.emit('dom-ready'));
    page.on('load', () => this.emit('did-finish-load'));
    page.on('close', () => this.#ports.closeAll());
    return page;
  }

  async load(address: string): Promise<void> {
    this.#expected = address;
    await this.#page?.goto(outward(address), { waitUntil: 'commit' });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    void this.#tell({ kind: 'event', channel, args: structuredClone(args), ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: readonly unknown[] = []): void {
    const ports = checkTransfer(transfer).map((port) => this.#ports.lend(port));
    void this.#tell({ kind: 'event', channel, args: [message], ports });
  }

  reload(): void {
    this.#expected = this.getURL();
    void this.#page?.reload();
  }

  /** Where a file of this name lies, as a drop or a file field would tell Electron. */
  async place(paths: Record<string, string>): Promise<void> {
    this.#paths = { ...this.#paths, ...paths };
    await this.#tell({ kind: 'paths', paths: this.#paths });
  }

  /** Resolves when the page has heard it, or never will. */
  async #tell(message: Partial<ToPage>): Promise<void> {
    const { hear } = NAMES;
    const pass = ([name, text]: [string, string]) =>
      (window as unknown as Record<string, ((text: string) => void) | undefined>)[name]?.(text);
    // A page that is just leaving hears nothing more, as in Electron.
    await this.#page?.evaluate(pass, [hear, write(message)] as [string, string]).catch(() => undefined);
  }

  async #hear(frame: Frame, text: string): Promise<string> {
    const message = read(text) as FromPage;
    if (message.kind === 'port') {
      this.#ports.take(message.port, message.args[0]);
      return '';
    }
    return write(await dispatch(this, frameLike(frame), message));
  }

  async #route(route: Route): Promise<void> {
    const request = route.request();
    const address = inward(request.url());
    if (request.isNavigationRequest() && !this.#mayGo(address, request.frame() === this.#page?.mainFrame())) {
      // No content is the one answer after which a browser stays where it is.
      await route.fulfill({ status: 204 });
      return;
    }
    const response = await answer(address, request.method());
    if (response === null) {
      faults.note(`The page asked for ${address}, which is not its own.`);
      await route.abort('blockedbyclient');
      return;
    }
    const body = Buffer.from(await response.arrayBuffer());
    await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
  }

  #mayGo(url: string, isMainFrame: boolean): boolean {
    if (isMainFrame && url === this.#expected) {
      this.#expected = null;
      return true;
    }
    let prevented = false;
    const preventDefault = () => {
      prevented = true;
    };
    this.emit('will-frame-navigate', { url, isMainFrame, preventDefault });
    return !prevented;
  }
}

function frameLike(frame: Frame): FrameLike {
  const parent = frame.parentFrame();
  return { url: inward(frame.url()), parent: parent === null ? null : frameLike(parent) };
}
