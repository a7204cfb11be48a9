import { EventEmitter } from 'node:events';
import { homedir } from 'node:os';
import { schemesAreSettled } from './protocol.ts';

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly #paths = new Map<string, string>([['home', homedir()]]);
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #quitting = false;
  name = 'Electron';
  /** Set by the windows, which know what there is to close. */
  closeWindows: () => void = () => undefined;

  /** Called when the entry module has been evaluated to its end; one that waits for this at its top never gets here. */
  becomeReady(): void {
    if (this.#quitting) return;
    schemesAreSettled();
    this.#isReady = true;
    this.#ready.resolve();
    this.emit('ready');
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  isReady(): boolean {
    return this.#isReady;
  }
  setName(name: string): void {
    this.name = name;
  }
  setAppUserModelId(id: string): void {
    this.#paths.set('app-user-model-id', id);
  }
  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }
  setPath(name: string, path: string): void {
    if (this.#isReady) throw new Error(`The path ${name} was already in use when it was set.`);
    this.#paths.set(name, path);
  }
  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`The stand-in has no path ${name}.`);
    return path;
  }

  /** GEWU_STAND_IN_SECOND plays a start while another one runs. */
  requestSingleInstanceLock(data: unknown): boolean {
    if (this.#isReady) throw new Error('The lock is asked for before the app is ready.');
    if (process.env['GEWU_STAND_IN_SECOND'] === undefined) return true;
    process.send?.({ secondInstance: data });
    return false;
  }

  quit(): void {
    let prevented = false;
    const preventDefault = () => {
      prevented = true;
    };
    this.emit('before-quit', { preventDefault });
    if (prevented) return;
    this.#quitting = true;
    this.closeWindows();
    this.emit('will-quit', { preventDefault: () => undefined });
    this.emit('quit');
    this.exit(0);
  }

  exit(code: number): void {
    process.exit(code);
  }

  lastWindowClosed(): void {
    if (this.#quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }
}

export const app = new App();
