import { app } from './app.ts';
import { left, Menu, nativeTheme, script, session } from './desk.ts';
import { faults } from './faults.ts';
import { answer } from './protocol.ts';
import { crashUtility } from './utility.ts';
import { BrowserWindow } from './window.ts';

/** What a test may ask of the stand-in's main process. */
const orders = {
  /** Prepares the answers of the next dialogs. */
  dialogs: (answers: Record<string, unknown>[]) => void script.answers.push(...answers),
  asked: () => script.asked,
  menu: () => Menu.shown?.all().map(({ id, label, role }) => ({ id, label, role })) ?? [],
  choose: (id: string) => Menu.shown?.choose(id, BrowserWindow.getFocusedWindow() ?? undefined),
  left: () => left,
  faults: () => faults.list,
  place: (paths: Record<string, string>) => BrowserWindow.getFocusedWindow()?.webContents.place(paths),
  window: () => {
    const window = BrowserWindow.getFocusedWindow();
    const { title, overlay, options } = window ?? {};
    return { title, overlay, theme: nativeTheme.themeSource, count: BrowserWindow.getAllWindows().length, options };
  },
  secondInstance: (data: unknown) => void app.emit('second-instance', {}, [], '/', data),
  permissions: async (names: string[]) => {
    const contents = BrowserWindow.getFocusedWindow()?.webContents;
    const { check, ask } = session.defaultSession;
    const granted = names.map(async (name) => [
      name,
      check(contents, name),
      await new Promise((resolve) => {
        ask(contents, name, resolve);
      }),
    ]);
    return Promise.all(granted);
  },
  /** An address of the app's scheme exactly as given: a browser would have tidied it first. */
  fetch: async ({ address, method }: { address: string; method: string }) => {
    const response = await answer(address, method);
    if (response === null) return null;
    return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
  },
  crash: () => crashUtility(),
  quit: () => app.quit(),
};
export type Orders = typeof orders;
export interface Order {
  id: number;
  name: keyof Orders;
  input: unknown;
}

/** Takes orders over the line to the test's process, and ends with it. */
export function takeOrders(): void {
  process.on('message', ({ id, name, input }: Order) => {
    const work = orders[name] as (given: unknown) => unknown;
    Promise.resolve()
      .then(() => work(input))
      .then(
        (value) => process.send?.({ id, value: value ?? null }),
        (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.message : String(error) }),
      );
  });
  process.on('disconnect', () => process.exit(1));
}
