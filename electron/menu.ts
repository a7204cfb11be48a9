import { Menu, type BaseWindow, type MenuItemConstructorOptions } from 'electron';
import type { Look } from '../src/api/client.ts';
import { wordsOf, type ShellWord } from './words.ts';

type Item = MenuItemConstructorOptions;

export interface MenuOptions {
  language: Look['language'];
  platform: NodeJS.Platform;
  /** Reloading and the developer's tools, not in a packaged app. */
  developer: boolean;
  /** Asks the page of a window to do one of its actions. */
  perform(action: string, window: BaseWindow | undefined): void;
  newWindow(): void;
}

const SCREENS = [
  'overview',
  'import',
  'components',
  'responsibility',
  'grids',
  'checks',
  'reports',
  'history',
] as const satisfies readonly ShellWord[];

/**
 * The native menu. Its items are actions of the page, by their ids there. Keys are shown but not taken on Windows and Linux, where the page
 * hears them itself; on a Mac the menu hears a key only after the page has let it pass.
 */
export function buildMenu(options: MenuOptions): Menu {
  const mac = options.platform === 'darwin';
  return Menu.buildFromTemplate([
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    fileMenu(options, mac),
    editMenu(options),
    viewMenu(options),
    windowMenu(options),
    helpMenu(options),
  ]);
}

function doing(options: MenuOptions, word: ShellWord, action: string, accelerator?: string): Item {
  return {
    id: action,
    label: wordsOf(options.language)[word],
    click: (_item, window) => options.perform(action, window),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  };
}

function fileMenu(options: MenuOptions, mac: boolean): Item {
  const w = wordsOf(options.language);
  return {
    label: w.file,
    submenu: [
      doing(options, 'newProject', 'new', 'CmdOrCtrl+N'),
      doing(options, 'open', 'open', 'CmdOrCtrl+O'),
      doing(options, 'sample', 'sample'),
      { type: 'separator' },
      doing(options, 'backups', 'backups'),
      doing(options, 'closeProject', 'close'),
      { type: 'separator' },
      { id: 'new-window', label: w.newWindow, click: () => options.newWindow() },
      mac ? { role: 'close', label: w.closeWindow } : { role: 'quit', label: w.quit },
    ],
  };
}

function editMenu(options: MenuOptions): Item {
  const w = wordsOf(options.language);
  return {
    label: w.edit,
    submenu: [
      doing(options, 'undo', 'undo', 'CmdOrCtrl+Z'),
      doing(options, 'redo', 'redo', 'CmdOrCtrl+Shift+Z'),
      { type: 'separator' },
      { role: 'cut', label: w.cut },
      { role: 'copy', label: w.copy },
      { role: 'paste', label: w.paste },
      { role: 'selectAll', label: w.selectAll },
      { type: 'separator' },
      doing(options, 'search', 'palette', 'CmdOrCtrl+K'),
    ],
  };
}

function viewMenu(options: MenuOptions): Item {
  const w = wordsOf(options.language);
  return {
    label: w.view,
    submenu: [
      ...SCREENS.map((screen) => doing(options, screen, `screen.${screen}`)),
      { type: 'separator' },
      doing(options, 'theme', 'theme'),
      doing(options, 'language', 'language'),
      { type: 'separator' },
      { role: 'resetZoom', label: w.actualSize },
      { role: 'zoomIn', label: w.zoomIn },
      { role: 'zoomOut', label: w.zoomOut },
      { role: 'togglefullscreen', label: w.fullScreen },
      ...(options.developer ? developerItems(options) : []),
    ],
  };
}

function developerItems(options: MenuOptions): Item[] {
  const w = wordsOf(options.language);
  return [{ type: 'separator' }, { role: 'reload', label: w.reload }, { role: 'toggleDevTools', label: w.developer }];
}

function windowMenu(options: MenuOptions): Item {
  const w = wordsOf(options.language);
  return {
    label: w.window,
    role: 'window',
    submenu: [
      { role: 'minimize', label: w.minimize },
      { role: 'close', label: w.closeWindow },
    ],
  };
}

function helpMenu(options: MenuOptions): Item {
  return { label: wordsOf(options.language).help, role: 'help', submenu: [doing(options, 'keys', 'keys')] };
}
