import { say } from '../words/index.ts';
import { revisionWords } from '../words/revision.ts';
import type { Engine } from './engine.ts';
import { useSession } from './stores/session.ts';
import { useToasts } from './stores/toasts.ts';
import { tellFailure } from './tell-failure.ts';

/** Takes back the latest change of this window, or the one named. */
export async function undo(engine: Engine, revision?: number): Promise<void> {
  const { client } = engine;
  try {
    const state = await client.call('history.state', { window: client.window });
    const done = await client.call('history.undo', revision === undefined ? { window: client.window } : { revision });
    const what = revision === undefined || state.undo?.id === revision ? state.undo : null;
    const { language } = useSession.getState();
    const text = what === null ? say('frame.undo') : say('frame.undoNamed', { what: revisionWords(what, language) });
    useToasts.getState().show({
      tone: done.clashes.length === 0 ? 'notice' : 'error',
      text: done.clashes.length === 0 ? text : `${text} · ${say('errors.clashes', { count: done.clashes.length })}`,
      act: { label: say('frame.redo'), perform: () => void redo(engine) },
    });
  } catch (error) {
    tellFailure(error);
  }
}

export async function redo(engine: Engine): Promise<void> {
  const { client } = engine;
  try {
    const state = await client.call('history.state', { window: client.window });
    await client.call('history.redo', { window: client.window });
    if (state.redo === null) return;
    const what = revisionWords(state.redo, useSession.getState().language);
    useToasts.getState().show({
      tone: 'notice',
      text: say('frame.redoNamed', { what }),
      act: { label: say('frame.undo'), perform: () => void undo(engine) },
    });
  } catch (error) {
    tellFailure(error);
  }
}
