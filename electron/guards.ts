import { shell, type Session, type WebContents } from 'electron';
import { isOwnPage, mayOpenOutside } from './address.ts';

/** Copying a code to the clipboard is the one thing the page may do beyond its own window. */
const ALLOWED = 'clipboard-sanitized-write';

/** No permission is given, no device is offered, nothing is downloaded: files leave Gewu through the engine. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(permission === ALLOWED && isOwnPage(contents.getURL())),
  );
  session.setPermissionCheckHandler(
    (contents, permission) => permission === ALLOWED && contents !== null && isOwnPage(contents.getURL()),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

/** The window stays on the app's own pages, opens no other, and holds no foreign page inside. A link to the web goes to the system's browser. */
export function guardContents(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; url: string; isMainFrame: boolean }) => {
    if (event.isMainFrame && isOwnPage(event.url)) return;
    event.preventDefault();
    if (event.isMainFrame) openOutside(event.url);
  };
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
}

function openOutside(address: string): void {
  // A system without a browser has nothing to show; the page stays as it is.
  if (mayOpenOutside(address)) shell.openExternal(address).catch(() => undefined);
}
