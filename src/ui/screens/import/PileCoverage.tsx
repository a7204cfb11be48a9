import { useEffect } from 'react';
import { IconFocusCentered, IconRestore, IconWorldOff } from '@tabler/icons-react';
import type { BatchCoverage, CoverageChoice } from '../../../api/coverage.ts';
import type { BatchInfo } from '../../../api/delivery.ts';
import type { Bbox, Position } from '../../../model/geometry/types.ts';
import { useCommand, useEngine, useQueryOf } from '../../app/engine.ts';
import { withPerson } from '../../app/project.ts';
import { tellFailure } from '../../app/tell.ts';
import { FacetList } from '../../kit/FacetList.tsx';
import { IconButton } from '../../kit/IconButton.tsx';
import { mapCommands } from '../../map/MapPane.tsx';
import { useSketch, type CoveredArea } from '../../map/sketch.ts';
import { count, useWords } from '../../words/index.ts';
import { refreshBatches } from './flow-actions.ts';

/** What the delivery speaks for: its streets, to be ticked and unticked, and drawn on the map. Only what is gone depends on it. */
export function PileCoverage({ batch }: { batch: BatchInfo }) {
  const { t } = useWords();
  const { data, isFetching } = useQueryOf('batch.coverage', { id: batch.id }, { keep: true });
  const { choose, closed } = useCoverage(batch);
  const areas = areasOf(data);
  useOnMap(data);
  if (data === undefined) return null;
  const covered = data.streets.flatMap(({ code, covered: on }) => (on ? [code] : []));
  const toggle = (code: string) => {
    const codes = covered.includes(code) ? covered.filter((one) => one !== code) : [...covered, code];
    choose({ by: 'streets', codes });
  };
  return (
    <>
      <section className="facet imp-covers" aria-label={t('piles.covers.title')}>
        <h3>{t('piles.covers.title')}</h3>
        <p className="sm t2">{sentence(data, t)}</p>
        <div className="row g1">
          <IconButton
            label={t('piles.covers.show')}
            disabledBecause={areas.length === 0 ? t('piles.covers.nothing') : null}
            onClick={() => mapCommands.zoomTo(boxOf(areas))}
          >
            <IconFocusCentered size={15} stroke={1.5} aria-hidden />
          </IconButton>
          <IconButton
            label={t('piles.covers.reset')}
            disabledBecause={closed ?? (data.by === 'delivered' ? t('piles.covers.isReset') : null)}
            onClick={() => choose({ by: 'delivered' })}
          >
            <IconRestore size={15} stroke={1.5} aria-hidden />
          </IconButton>
          <IconButton
            label={t('piles.covers.none')}
            disabledBecause={closed ?? (data.by === 'nothing' ? t('piles.covers.nothing') : null)}
            onClick={() => choose({ by: 'nothing' })}
          >
            <IconWorldOff size={15} stroke={1.5} aria-hidden />
          </IconButton>
        </div>
      </section>
      {data.streets.length > 0 && (
        <FacetList
          title={t('piles.covers.streets')}
          values={data.streets.map(({ code, name, missing }) => ({ value: code, name, nameEn: null, count: missing }))}
          ticked={covered}
          nameOf={(one) => one.name ?? String(one.value)}
          stale={isFetching}
          onToggle={(value) => {
            if (closed === null) toggle(String(value));
          }}
        />
      )}
    </>
  );
}

type Translate = ReturnType<typeof useWords>['t'];

function sentence({ by, codes, streets, hulls }: BatchCoverage, t: Translate): string {
  if (by === 'nothing') return t('piles.covers.nothing');
  if (by === 'communities' || by === 'grids') return t(`piles.covers.${by}`, { count: codes.length });
  if (hulls.length > 0) return t('piles.covers.hulls', { count: hulls.length });
  const covered = streets.filter((street) => street.covered);
  const missing = covered.reduce((sum, street) => sum + street.missing, 0);
  const about = { of: covered.length, all: streets.length, missing: count(missing) };
  return t(by === 'delivered' ? 'piles.covers.delivered' : 'piles.covers.chosen', about);
}

function useCoverage(batch: BatchInfo): { choose: (coverage: CoverageChoice) => void; closed: string | null } {
  const { t } = useWords();
  const engine = useEngine();
  const { run, busy } = useCommand('batch.setCoverage', { quiet: true });
  const choose = (coverage: CoverageChoice) =>
    withPerson(() => {
      void run({ id: batch.id, coverage }).then(() => refreshBatches(engine), tellFailure);
    });
  const open = batch.state === 'staged' || batch.state === 'accepted';
  return { choose, closed: open ? (busy ? t('frame.loading') : null) : t('piles.closed') };
}

function areasOf(data: BatchCoverage | undefined): CoveredArea[] {
  if (data === undefined) return [];
  // The map has the names of streets already.
  const streets = data.streets.flatMap(({ covered, rings }) =>
    covered ? rings.map((ring) => ({ ring, label: '' })) : [],
  );
  const hulls = data.hulls.map(({ points, name, classCode }) => ({ ring: ringOf(points), label: name ?? classCode }));
  return [...streets, ...hulls];
}

function ringOf(points: readonly Position[]): Position[] {
  return points[0] === undefined ? [] : [...points, points[0]];
}

/** Drawn as long as the gone pile is looked at. */
function useOnMap(data: BatchCoverage | undefined): void {
  useEffect(() => {
    useSketch.getState().setCovered(areasOf(data));
    return () => useSketch.getState().setCovered([]);
  }, [data]);
}

function boxOf(areas: readonly CoveredArea[]): Bbox {
  let box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { ring } of areas) {
    for (const [x, y] of ring)
      box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
  }
  return box;
}
