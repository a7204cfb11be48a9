import type { Reply, Request, Transport } from './client.ts';
import type { EngineEvent } from './contract.ts';
import { portTransport, unreachable, type Port, type PortTransport } from './port.ts';

interface Listener {
  onEvent(event: EngineEvent): void;
  onState?: ((connected: boolean) => void) | undefined;
}

/**
 * A transport over the port handed over last. An engine process may end and be started anew behind it: what was under way then and what is
 * asked in between is answered 'unreachable', as over http.
 */
export class ChangingPort implements Transport {
  #current: PortTransport | null = null;
  readonly #listeners = new Set<Listener>();

  connect(port: Port): void {
    this.#current?.lose();
    const current = portTransport(port);
    current.listen((event) => this.#listeners.forEach((listener) => listener.onEvent(event)));
    this.#current = current;
    this.#listeners.forEach((listener) => listener.onState?.(true));
  }

  lose(): void {
    this.#current?.lose();
    this.#current = null;
    this.#listeners.forEach((listener) => listener.onState?.(false));
  }

  send(request: Request): Promise<Reply> {
    return this.#current?.send(request) ?? Promise.resolve(unreachable(request.id));
  }

  cancel(id: string): void {
    this.#current?.cancel(id);
  }

  listen(onEvent: (event: EngineEvent) => void, onState?: (connected: boolean) => void): () => void {
    const listener = { onEvent, onState };
    this.#listeners.add(listener);
    onState?.(this.#current !== null);
    return () => this.#listeners.delete(listener);
  }
}
