import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { app } from './app.ts';
import { takeOrders } from './control.ts';
import { showIn } from './window.ts';

// `start.ts MAIN ARGUMENTS…` is to MAIN what the program electron is: its arguments follow the script.
const [program = '', , main = '', ...args] = process.argv;
process.argv = [program, main, ...args];

takeOrders();
showIn(
  (async () => {
    const browser = await chromium.connectOverCDP(process.env['GEWU_STAND_IN_BROWSER'] ?? '');
    const [context] = browser.contexts();
    if (context === undefined) throw new Error('The browser has no window to open pages in.');
    return context;
  })(),
);
await import(pathToFileURL(main).href);
app.becomeReady();
