/** Where the page lives. The scheme is the app's own: it has an origin, no network, and nothing of the file system but dist/ui. */
export const SCHEME = 'app';
const HOST = 'gewu';
export const PAGE_ADDRESS = `${SCHEME}://${HOST}/index.html`;

/** True for the app's own pages. Protocol and host are compared: the `origin` of such an address is 'null' in Node. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${SCHEME}:` && url.host === HOST;
}

/** True for what may be handed to the system's browser: https, without a name and password in it. */
export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === 'https:' && url.username === '' && url.password === '';
}
