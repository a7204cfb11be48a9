/**
 * Every message between a window and the main process. The page can send none of them: the preload script offers it functions, each of
 * which sends one. What is asked of the engine never passes here; it goes through a message port of its own.
 */
export const CHANNELS = {
  /** invoke → Answer */
  pick: 'gewu:pick',
  saveAs: 'gewu:save-as',
  take: 'gewu:take',
  deliver: 'gewu:deliver',
  /** window → main */
  title: 'gewu:title',
  look: 'gewu:look',
  portWanted: 'gewu:port-wanted',
  ready: 'gewu:ready',
  /** main → window */
  port: 'gewu:port',
  portLost: 'gewu:port-lost',
  action: 'gewu:action',
  files: 'gewu:files',
} as const;
