import { useQueryOf } from '../app/engine.ts';
import { useMapView } from '../app/stores/map-view.ts';
import { useSession, type ScreenId } from '../app/stores/session.ts';
import { useView } from '../app/stores/view.ts';
import { ClarityShape } from '../kit/Shapes.tsx';
import { count, useWords } from '../words/index.ts';
import { CLARITIES } from '../../model/component.ts';
import { useMapState } from './map-state.ts';
import { NEAR } from './scale.ts';
import { useShade } from './shade.ts';
import { useSketch } from './sketch.ts';

/** Lower left: only what is in view, with counts. Where streets are coloured the overview gives its own legend. */
export function Legend() {
  const { t } = useWords();
  const sketched = useSketch((s) => s.groups.length > 0 || s.move !== null);
  const bbox = useMapView((s) => s.bbox);
  const screen = useSession((s) => s.screen);
  const shade = useShade((s) => s.shade);
  const resolution = useMapState((s) => s.resolution);
  const thinned = useMapState((s) => s.thinned);
  const viewId = useView((s) => (s.shown === s.total ? null : s.viewId));
  const shown = screen === 'overview' && shade !== null ? resolution <= NEAR.dots / 2 : hasPoints(screen, resolution);
  const counts = useQueryOf('map.counts', bbox === null || !shown ? null : { bbox, viewId }, { keep: true }).data;
  if (!shown || sketched || counts === undefined) return null;
  return (
    <div className="float legend" role="group" aria-label={t('map.legend')}>
      <div className="cap t3">{t('map.legend')}</div>
      <ul>
        {CLARITIES.map((clarity) => (
          <li key={clarity}>
            <ClarityShape clarity={clarity} size={10} />
            {t(`values.clarity.${clarity}`)}
            <em>{count(counts.clarity[clarity])}</em>
          </li>
        ))}
        {counts.out > 0 && (
          <li>
            <ClarityShape clarity="out" size={10} />
            {t('map.outOfService')}
            <em>{count(counts.out)}</em>
          </li>
        )}
      </ul>
      {thinned !== null && <div className="t3 legend-thinned">{t('map.thinned', { ...thinned })}</div>}
    </div>
  );
}

/** Where the scale is small, points are drawn on the screens that are about components. */
function hasPoints(screen: ScreenId, resolution: number): boolean {
  return resolution <= NEAR.dots || (screen !== 'overview' && screen !== 'grids');
}
