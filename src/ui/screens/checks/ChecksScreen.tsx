import { MapSlot } from '../../app/MapSlot.tsx';
import { PANEL_LIMITS, usePanels } from '../../app/stores/panels.ts';
import { MapAbove } from '../../kit/MapAbove.tsx';
import { Splitter } from '../../kit/Splitter.tsx';
import { useWords } from '../../words/index.ts';
import { primaryOf, useChosen } from './chosen.ts';
import { FindingTable } from './FindingTable.tsx';
import { Lens } from './Lens.tsx';
import { RuleTree } from './RuleTree.tsx';
import { useRules } from './use-rules.ts';

/** Rules on the left; the findings of one of them on the map and in the table. */
export function ChecksScreen() {
  const { t } = useWords();
  const phase = useChosen((s) => s.phase);
  const rules = useRules(phase);
  const finding = useChosen(primaryOf);
  const width = usePanels((s) => s.left);
  const resize = usePanels((s) => s.resize);
  const [least, most] = PANEL_LIMITS.left;
  const map = (
    <div className="chk-map">
      <MapSlot />
      {finding !== null && finding.rule === 'near-duplicate' && <Lens finding={finding} />}
    </div>
  );
  return (
    <div className="row grow is-stretch">
      <RuleTree rules={rules} width={width} />
      <Splitter
        between="columns"
        label={t('frame.resize')}
        value={width}
        least={least}
        most={most}
        onMove={(pixels, start) => resize('left', start + pixels)}
      />
      <div className="col grow">
        <MapAbove map={map}>
          <FindingTable rules={rules} />
        </MapAbove>
      </div>
    </div>
  );
}
