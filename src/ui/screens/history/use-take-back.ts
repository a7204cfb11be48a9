import { useCallback, useState } from 'react';
import { GewuError } from '../../../api/error.ts';
import type { Clash, RevisionInfo } from '../../../model/change.ts';
import { useEngine } from '../../app/engine.ts';
import { withPerson } from '../../app/project.ts';
import { useSession } from '../../app/stores/session.ts';
import { useToasts } from '../../app/stores/toasts.ts';
import { tellFailure } from '../../app/tell.ts';
import { say } from '../../words/index.ts';
import { originWords } from '../../words/revision.ts';

/** 'ask' takes back all or nothing; 'keep' leaves later values; 'force' overwrites them. */
export type TakeBackHow = 'ask' | 'keep' | 'force';

export interface Clashes {
  list: readonly Clash[];
  count: number;
}

/** Takes one revision back; where later changes stand in the way they are told first, and nothing is done until a person chose. */
export function useTakeBack(revision: RevisionInfo) {
  const { client } = useEngine();
  const [busy, setBusy] = useState(false);
  const [clashes, setClashes] = useState<Clashes | null>(null);
  const run = useCallback(
    async (how: TakeBackHow) => {
      setBusy(true);
      setClashes(null);
      try {
        const flags = { ask: { whole: true }, keep: {}, force: { force: true } }[how];
        const done = await client.call('history.undo', { revision: revision.id, ...flags });
        tellTakenBack(revision, done.clashes.length);
      } catch (error) {
        const found = clashesOf(error);
        if (found === null) tellFailure(error);
        else setClashes(found);
      } finally {
        setBusy(false);
      }
    },
    [client, revision],
  );
  const takeBack = useCallback((how: TakeBackHow) => withPerson(() => void run(how)), [run]);
  return { takeBack, busy, clashes, dismiss: () => setClashes(null) };
}

function clashesOf(error: unknown): Clashes | null {
  if (!(error instanceof GewuError) || error.code !== 'clashes') return null;
  const { clashes, count } = error.data;
  const list = Array.isArray(clashes) ? (clashes as Clash[]) : [];
  return { list, count: typeof count === 'number' ? count : list.length };
}

function tellTakenBack(revision: RevisionInfo, left: number): void {
  const what = originWords(revision, useSession.getState().language);
  const key = left > 0 ? 'history.doneLeft' : revision.undoOf === null ? 'history.done' : 'history.redone';
  useToasts.getState().show({ tone: 'done', text: say(key, { what, count: left }) });
}
