import { say } from '../words/index.ts';
import { revisionWords } from '../words/revision.ts';
import type { Engine } from './engine.ts';
import { useSession } from './stores/session.ts';
import { useToasts } from './stores/toasts.ts';
import { undo } from './undo.ts';

export { tellFailure } from './tell-failure.ts';

/** Says what was done, with undo in reach; says nothing when nothing had to change. */
export async function tellDone(engine: Engine, output: unknown): Promise<void> {
  const revision = (output as { revision?: unknown } | null)?.revision;
  if (typeof revision !== 'number') return;
  const state = await engine.client.call('history.state', { window: engine.client.window });
  const last = state.undo;
  if (last === null || last.id !== revision) return;
  useToasts.getState().show({
    tone: 'done',
    text: revisionWords(last, useSession.getState().language),
    act: { label: say('frame.undo'), perform: () => void undo(engine, revision) },
  });
}
