import { useRef, type ReactNode } from 'react';
import { PANEL_LIMITS, usePanels } from '../app/stores/panels.ts';
import { useWords } from '../words/index.ts';
import { Splitter } from './Splitter.tsx';

/** Map above, list below, a splitter between; the share is one for all screens. */
export function MapAbove({ map, children }: { map: ReactNode; children: ReactNode }) {
  const { t } = useWords();
  const whole = useRef<HTMLDivElement>(null);
  const share = usePanels((s) => s.mapShare);
  const resize = usePanels((s) => s.resize);
  const [least, most] = PANEL_LIMITS.mapShare;
  return (
    <div className="col grow" ref={whole}>
      <div className="col" style={{ flex: `${share} 1 0` }}>
        {map}
      </div>
      <Splitter
        between="rows"
        label={t('frame.resizeRows')}
        value={share}
        least={least}
        most={most}
        onMove={(pixels, start) => resize('mapShare', start + pixels / (whole.current?.clientHeight ?? 800))}
      />
      <div className="col" style={{ flex: `${1 - share} 1 0` }}>
        {children}
      </div>
    </div>
  );
}
