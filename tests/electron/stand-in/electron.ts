/**
 * A stand-in for the module `electron`: enough of it to run the built shell against a real Chromium. It proves how the shell's parts are
 * wired, and nothing about Electron itself.
 */
export { app } from './app.ts';
export { dialog, Menu, nativeTheme, screen, session, shell } from './desk.ts';
export { ipcMain } from './ipc.ts';
export { MessageChannelMain } from './ports.ts';
export { protocol } from './protocol.ts';
export { utilityProcess } from './utility.ts';
export { BaseWindow, BrowserWindow } from './window.ts';
