import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { PORT_WORDS, type Answer, type Bridge } from '../src/api/bridge.ts';
import { CHANNELS } from './channels.ts';

/** The part of the page's window this script uses; it is compiled without the DOM's types, as all of the shell is. */
declare const window: {
  addEventListener(type: 'message', listener: (event: { source: unknown; data: unknown }) => void): void;
  postMessage(message: string, origin: string, transfer?: readonly unknown[]): void;
};

// Every answer main gives is an envelope of the type asked for; see ipc.ts.
const ask = <T>(channel: string, input: unknown): Promise<Answer<T>> => ipcRenderer.invoke(channel, input);

const bridge: Bridge = {
  pick: (options) => ask(CHANNELS.pick, options),
  saveAs: (options) => ask(CHANNELS.saveAs, options),
  // A File made by a script has no path and is left out: the page can name only what a person dropped or chose.
  take: (files) =>
    ask(
      CHANNELS.take,
      files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
    ),
  deliver: (file) => ask(CHANNELS.deliver, file),
  setTitle: (title) => ipcRenderer.send(CHANNELS.title, title),
  setLook: (look) => ipcRenderer.send(CHANNELS.look, look),
  onAction(perform) {
    ipcRenderer.on(CHANNELS.action, (_event, id: string) => perform(id));
  },
  onFiles(take) {
    ipcRenderer.on(CHANNELS.files, (_event, files: Parameters<typeof take>[0]) => take(files));
    ipcRenderer.send(CHANNELS.ready);
  },
};
contextBridge.exposeInMainWorld('gewu', bridge);

window.addEventListener('message', (event) => {
  if (event.source === window && event.data === PORT_WORDS.wanted) ipcRenderer.send(CHANNELS.portWanted);
});
// '/' is this very page: the port goes to nobody else.
ipcRenderer.on(CHANNELS.port, (event) => window.postMessage(PORT_WORDS.here, '/', event.ports));
ipcRenderer.on(CHANNELS.portLost, () => window.postMessage(PORT_WORDS.lost, '/'));
