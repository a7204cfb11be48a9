import { IconTopologyRing2 } from '@tabler/icons-react';
import { useJob } from '../../app/engine.ts';
import { useSession } from '../../app/stores/session.ts';
import { Button } from '../../kit/Button.tsx';
import { useWords } from '../../words/index.ts';
import { useGridDesk } from './desk.ts';
import { useTilingRevision } from './use-tiling-revision.ts';

/** Looks through the whole tiling for gaps, overlaps and the like, and shows what it found under the map. */
export function CheckTiling({ again }: { again?: boolean }) {
  const { t } = useWords();
  const check = useJob('grid.faults');
  const set = useGridDesk((s) => s.set);
  const revision = useTilingRevision();
  const grids = useSession((s) => s.project?.counts.unitGrid ?? 0);
  const run = async () => {
    const found = await check.run({});
    if (found !== null) set({ faults: { found, revision }, list: 'faults' });
  };
  return (
    <Button
      small
      busy={check.busy}
      title={t('grids.faults.hint')}
      disabledBecause={grids === 0 ? t('grids.none.title') : null}
      onClick={() => void run()}
    >
      {!check.busy && <IconTopologyRing2 size={14} stroke={1.5} aria-hidden />}
      {t(again === true ? 'grids.faults.again' : 'grids.faults.run')}
    </Button>
  );
}
