import { EventEmitter } from 'node:events';

/** Answers a test has prepared for the next dialogs, and what was asked. */
export const script = { answers: [] as Record<string, unknown>[], asked: [] as unknown[] };

async function ask(options: unknown): Promise<Record<string, unknown>> {
  script.asked.push(options);
  const answer = script.answers.shift();
  if (answer === undefined) throw new Error('A dialog was shown that the test has no answer for.');
  return answer;
}

export const dialog = {
  showOpenDialog: (_window: unknown, options: unknown) => ask(options),
  showSaveDialog: (_window: unknown, options: unknown) => ask(options),
  showMessageBox: (options: unknown) => ask(options),
};

/** What left the app for the rest of the computer. */
export const left = { opened: [] as string[], shown: [] as string[] };

export const shell = {
  openExternal: async (address: string) => {
    left.opened.push(address);
  },
  showItemInFolder: (path: string) => {
    left.shown.push(path);
  },
};

const display = { id: 1, workArea: { x: 0, y: 0, width: 1440, height: 900 } };
export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };

export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false };

type Check = (contents: unknown, permission: string) => boolean;
type Ask = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void;

class Session extends EventEmitter {
  check: Check = () => true;
  ask: Ask = (_contents, _permission, answer) => answer(true);
  setPermissionCheckHandler(check: Check): void {
    this.check = check;
  }
  setPermissionRequestHandler(request: Ask): void {
    this.ask = request;
  }
  setDevicePermissionHandler(): void {
    this.emit('device-handler');
  }
}
export const session = { defaultSession: new Session() };

interface Item {
  id?: string;
  label?: string;
  role?: string;
  submenu?: Item[];
  click?: (item: Item, window: unknown) => void;
}

export class Menu {
  static shown: Menu | null = null;
  readonly items: Item[];

  constructor(items: Item[]) {
    this.items = items;
  }
  static buildFromTemplate(items: Item[]): Menu {
    return new Menu(items);
  }
  static setApplicationMenu(menu: Menu): void {
    Menu.shown = menu;
  }

  all(): Item[] {
    const flat = (items: Item[]): Item[] => items.flatMap((item) => [item, ...flat(item.submenu ?? [])]);
    return flat(this.items);
  }
  choose(id: string, window: unknown): void {
    const item = this.all().find((one) => one.id === id);
    if (item?.click === undefined) throw new Error(`The menu has nothing called ${id}.`);
    item.click(item, window);
  }
}
