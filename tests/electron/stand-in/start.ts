import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContext } from 'playwright-core';
import { app } from './app.ts';
import { takeOrders } from './control.ts';
import { showIn } from './window.ts';

// `start.ts MAIN ARGUMENTS…` is to MAIN what the program electron is: its arguments follow the script.
const [program = '', , main = '', ...args] = process.argv;
process.argv = [program, main, ...args];

takeOrders();
let context: BrowserContext | undefined;
showIn(async () => {
  context ??= (await chromium.connectOverCDP(process.env['GEWU_STAND_IN_BROWSER'] ?? '')).contexts()[0];
  if (context === undefined) throw new Error('The browser has no window to open pages in.');
  return context;
});
await import(pathToFileURL(main).href);
app.becomeReady();
