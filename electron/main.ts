import { app, protocol } from 'electron';
import path from 'node:path';
import { configFolder } from '../src/engine/settings.ts';
import { SCHEME } from './address.ts';
import { readArguments } from './arguments.ts';
import { Desktop } from './desktop.ts';

// Electron gets ready only when this module has been evaluated: waiting for it here at the top would wait for ever. All that
// has to be settled before it is ready is settled now.
protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.enableSandbox();
app.setName('Gewu');
app.setAppUserModelId('org.gewu.desktop');
app.setPath('userData', path.join(configFolder(process.env, process.platform), 'window'));

const given = readArguments(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd());

if (app.requestSingleInstanceLock({ files: given.files })) {
  const desktop = new Desktop(given);
  desktop.listen();
  app.whenReady().then(
    () => desktop.start(),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      app.exit(1);
    },
  );
} else {
  // The first start takes the files; this one has nothing left to do.
  app.quit();
}
