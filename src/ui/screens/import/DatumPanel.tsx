import { useState } from 'react';
import type { InspectedTable } from '../../../api/delivery.ts';
import { useEngine } from '../../app/engine.ts';
import { Button } from '../../kit/Button.tsx';
import { SeverityIcon } from '../../kit/Shapes.tsx';
import { sayIf, useWords, type Translate } from '../../words/index.ts';
import { failureWords } from '../../words/failure.ts';
import { GewuError } from '../../../api/error.ts';
import { ControlPoints } from './DatumPoints.tsx';
import { DatumParameters } from './DatumParameters.tsx';
import { DatumResiduals, inMetres } from './DatumResiduals.tsx';
import { decide } from './flow-actions.ts';
import { useFlow } from './flow.ts';
import type { Shift } from './datum-need.ts';
import { needsShift } from './datum-need.ts';

const WAYS = ['known-components', 'control-points', 'parameters'] as const;
type Way = (typeof WAYS)[number];

/** Where a table stands on another datum: three ways to say how it lies, and what each leaves over. */
export function DatumPanel({ table }: { table: InspectedTable }) {
  const { t, language } = useWords();
  const [picked, setPicked] = useState<Way | null>(null);
  const { datum } = table.crs;
  if (!needsShift(table)) return null;
  const way = picked ?? wayOf(datum.applied?.shift ?? null, datum.proposed !== null);
  const { refused } = datum;
  const report = datum.applied ?? (way === 'known-components' ? datum.proposed : null);
  const state =
    refused !== null ? 'refused' : datum.applied !== null ? 'applied' : datum.proposed !== null ? 'offered' : 'needed';
  return (
    <div className="ev datum" role="group" aria-label={t('datum.title')}>
      <div className="ev-answer">
        <span className="cap">{t('datum.title')}</span>
        <div className="row g2 ev-value">
          <SeverityIcon severity={state === 'applied' ? 'done' : 'warning'} label={t(`datum.${state}`)} />
          <b>{t(`datum.${state}`)}</b>
        </div>
        <span className="xs t3">
          {refused === null
            ? t('datum.about')
            : failureWords(new GewuError(refused.code, refused.message, refused.data), language)}
        </span>
      </div>
      <div className="ev-choices col g2">
        <div className="row g2">
          <div className="seg" role="group" aria-label={t('datum.ways')}>
            {WAYS.map((one) => (
              <button key={one} type="button" aria-pressed={one === way} onClick={() => setPicked(one)}>
                {t(`datum.way.${one}`)}
              </button>
            ))}
          </div>
          <TakeAway table={table} />
        </div>
        <WayPanel table={table} way={way} />
        {report !== null && <DatumResiduals report={report} />}
        {report?.warnings.map(({ code, data }) => (
          <p key={code} className="sm datum-warning">
            <SeverityIcon severity="warning" label={t('values.severity.warning')} />
            {sayIf(`datum.warning.${code}`, data)}
          </p>
        ))}
      </div>
    </div>
  );
}

function wayOf(shift: Shift | null, offered: boolean): Way {
  if (shift?.method === 'control-points') return 'control-points';
  if (shift?.method === 'planar' || shift?.method === 'geocentric') return 'parameters';
  return shift !== null || offered ? 'known-components' : 'control-points';
}

/** Back to what the evidence says: a system named for the sake of the shift would else be taken as it stands. */
function TakeAway({ table }: { table: InspectedTable }) {
  const { t } = useWords();
  const engine = useEngine();
  if (table.crs.datum.applied === null && table.crs.datum.refused === null) return null;
  return (
    <Button
      small
      look="bare"
      onClick={() => decide(engine, table, { datum: undefined, crs: undefined, axes: undefined })}
    >
      {t('datum.drop')}
    </Button>
  );
}

function WayPanel({ table, way }: { table: InspectedTable; way: Way }) {
  const engine = useEngine();
  const busy = useFlow((s) => s.job !== null);
  const { code, axes } = table.crs;
  const apply = (datum: Shift) => decide(engine, table, { ...(code === null ? {} : { crs: code, axes }), datum });
  switch (way) {
    case 'known-components':
      return <KnownComponents table={table} busy={busy} onApply={apply} />;
    case 'control-points':
      return (
        <ControlPoints key={table.name} shift={table.crs.datum.applied?.shift ?? null} busy={busy} onApply={apply} />
      );
    case 'parameters':
      return <DatumParameters key={table.name} crs={table.crs} busy={busy} onApply={apply} />;
  }
}

interface KnownProps {
  table: InspectedTable;
  busy: boolean;
  onApply: (shift: Shift) => void;
}

function KnownComponents({ table, busy, onApply }: KnownProps) {
  const { t } = useWords();
  const { datum } = table.crs;
  const own = datum.applied?.shift.method === 'known-components' ? datum.applied : datum.proposed;
  if (own === null) return <p className="sm t2">{t('datum.known.none')}</p>;
  return (
    <div className="row g2 datum-way">
      <p className="sm grow">{knownWords(own, t)}</p>
      {datum.applied === null && (
        <Button
          small
          look="main"
          disabledBecause={busy ? t('datum.wait') : null}
          onClick={() => onApply({ method: 'known-components' })}
        >
          {t('datum.apply')}
        </Button>
      )}
    </div>
  );
}

function knownWords(report: NonNullable<InspectedTable['crs']['datum']['applied']>, t: Translate): string {
  const { used, total, rms, max, model } = report;
  const found = t('datum.known.found', { used, total, rms: inMetres(rms ?? 0), max: inMetres(max ?? 0) });
  return model === 'given' ? found : `${found} ${t(`datum.known.${model}`)}`;
}
