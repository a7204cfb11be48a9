import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { action, useActions } from '../../app/actions.ts';
import { MapSlot } from '../../app/MapSlot.tsx';
import { PANEL_LIMITS, usePanels } from '../../app/stores/panels.ts';
import { MapAbove } from '../../kit/MapAbove.tsx';
import { Splitter } from '../../kit/Splitter.tsx';
import { useWords } from '../../words/index.ts';
import { ComponentTable } from './ComponentTable.tsx';
import { Facets } from './Facets.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useRetire } from './retire.ts';

/** Map above, facets and table below. */
export function ComponentsScreen() {
  const { t } = useWords();
  const narrow = useMediaQuery('(max-width: 1320px)', false, { getInitialValueInEffect: false });
  const [asked, setAsked] = useState(false);
  const width = usePanels((s) => s.facets);
  const resize = usePanels((s) => s.resize);
  const [least, most] = PANEL_LIMITS.facets;
  const withFacets = !narrow || asked;
  const table = useRef<HTMLDivElement>(null);
  useRetire();
  useEffect(
    () =>
      useActions.getState().add([
        action({
          id: 'table',
          key: 'T',
          words: 'components.focusTable',
          group: 'table',
          perform: () => table.current?.querySelector<HTMLElement>('[data-grid]')?.focus(),
        }),
        action({
          id: 'map',
          key: 'M',
          words: 'components.focusMap',
          group: 'map',
          perform: () => document.querySelector<HTMLElement>('.map [tabindex="0"]')?.focus(),
        }),
      ]),
    [],
  );
  return (
    <MapAbove map={<MapSlot />}>
      <div className="row grow is-stretch">
        {withFacets && (
          <>
            <Facets width={width} />
            <Splitter
              between="columns"
              label={t('frame.resize')}
              value={width}
              least={least}
              most={most}
              onMove={(pixels, start) => resize('facets', start + pixels)}
            />
          </>
        )}
        <div className="col grow" ref={table}>
          <Toolbar facets={withFacets} onFacets={() => setAsked(!asked)} />
          <ComponentTable />
        </div>
      </div>
    </MapAbove>
  );
}
