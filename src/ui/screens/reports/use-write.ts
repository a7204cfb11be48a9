import { useCallback } from 'react';
import type { Host } from '../../../api/client.ts';
import type { FileRef, Target } from '../../../api/shared.ts';
import { useHost } from '../../app/engine.ts';
import { useToasts } from '../../app/stores/toasts.ts';
import { tellFailure } from '../../app/tell.ts';
import { say } from '../../words/index.ts';

/** Where a file goes: the place chosen in the shell's own dialog, which has asked about overwriting; else a download. Null when given up. */
async function askTarget(host: Host, title: string, name: string): Promise<Target | null> {
  if (host.saveAs === undefined) return { download: name };
  const place = await host.saveAs({ title, name });
  return place === null ? null : { ...place, force: true };
}

interface Written {
  files: FileRef[];
  rows: number;
}

/** Asks where to, lets `write` write it there, hands it over and says so, with the way to the file in reach. */
export function useWrite(): (
  ask: { title: string; name: string; done: 'reports.done' | 'reports.export.done' },
  write: (target: Target) => Promise<Written | null>,
) => Promise<void> {
  const host = useHost();
  return useCallback(
    async ({ title, name, done }, write) => {
      try {
        const target = await askTarget(host, title, name);
        const written = target === null ? null : await write(target);
        const [file] = written?.files ?? [];
        if (written === null || file === undefined) return;
        const deliver = () => host.deliver(file);
        if (host.kind === 'server') for (const each of written.files) await host.deliver(each);
        useToasts.getState().show({
          tone: 'done',
          text: say(done, { name: file.name, rows: written.rows }),
          act: {
            label: say(host.kind === 'server' ? 'reports.again' : 'reports.show'),
            perform: () => void deliver().catch(tellFailure),
          },
        });
      } catch (error) {
        tellFailure(error);
      }
    },
    [host],
  );
}
