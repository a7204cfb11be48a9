import { useWords } from '../words/index.ts';
import { useMapState } from './map-state.ts';
import { lengthText, scaleBar } from './scale.ts';

const WIDEST = 110;

/** Lower right: a round length and where north is. */
export function ScaleBar() {
  const { t } = useWords();
  const resolution = useMapState((s) => s.resolution);
  const { metres, width } = scaleBar(resolution, WIDEST);
  return (
    <div className="scalebar" aria-hidden="true">
      <span className="bx">
        {lengthText(metres)}
        <span className="bar" style={{ inlineSize: width }} />
      </span>
      <span className="bx north">
        <svg width="10" height="12" viewBox="0 0 10 12">
          <path d="M5 0 9.2 11.4 5 8.6 .8 11.4Z" fill="currentColor" />
        </svg>
        {t('map.north')}
      </span>
    </div>
  );
}
