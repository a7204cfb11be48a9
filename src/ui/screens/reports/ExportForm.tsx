import { SegmentedControl, Select } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { useFilter } from '../../app/stores/filter.ts';
import { useSession } from '../../app/stores/session.ts';
import { useView } from '../../app/stores/view.ts';
import { useWords } from '../../words/index.ts';
import { FORMATS, hasEncoding, hasProfile, type ExportFormat, type ExportPlan } from './export-plan.ts';

interface ExportFormProps {
  plan: ExportPlan;
  onChange: (part: Partial<ExportPlan>) => void;
}

const FORMAT_NAMES: Record<ExportFormat, string> = {
  shapefile: 'Shapefile',
  gpkg: 'GeoPackage',
  geojson: 'GeoJSON',
  csv: 'CSV',
  xlsx: 'Excel',
};
/** Not coordinate systems but encryptions; nothing goes out in them. */
const NEVER_OUT = new Set(['GCJ-02', 'BD-09']);

/** How a layer goes out. */
export function ExportForm({ plan, onChange }: ExportFormProps) {
  const { t } = useWords();
  return (
    <div className="export-form">
      <Line label={t('reports.export.format')} note={t(`reports.export.formatAbout.${plan.format}`)}>
        <SegmentedControl
          size="xs"
          aria-label={t('reports.export.format')}
          value={plan.format}
          onChange={(value) => onChange({ format: value })}
          data={FORMATS.map((value) => ({ value, label: FORMAT_NAMES[value] }))}
        />
      </Line>
      <Line
        label={t('reports.export.encoding')}
        note={hasEncoding(plan.format) ? '' : t('reports.export.encodingFixed')}
      >
        <SegmentedControl
          size="xs"
          aria-label={t('reports.export.encoding')}
          disabled={!hasEncoding(plan.format)}
          value={hasEncoding(plan.format) ? plan.encoding : 'utf-8'}
          onChange={(value) => onChange({ encoding: value === 'gbk' ? 'gbk' : 'utf-8' })}
          data={[
            { value: 'utf-8', label: 'UTF-8' },
            { value: 'gbk', label: 'GBK' },
          ]}
        />
      </Line>
      <CrsLine plan={plan} onChange={onChange} />
      {hasProfile(plan.layer) && (
        <Line label={t('reports.export.profile')}>
          <SegmentedControl
            size="xs"
            aria-label={t('reports.export.profile')}
            value={plan.profile}
            onChange={(value) => onChange({ profile: value === '2013' ? '2013' : '2026' })}
            data={(['2026', '2013'] as const).map((value) => ({
              value,
              label: t(`reports.export.profileOf.${value}`),
            }))}
          />
        </Line>
      )}
      {plan.layer === 'component' && <FilterLine plan={plan} onChange={onChange} />}
    </div>
  );
}

function CrsLine({ plan, onChange }: ExportFormProps) {
  const { t, language } = useWords();
  const id = useId();
  const own = useSession((s) => s.project?.crs.code ?? '');
  const known = useSession((s) => s.app?.crs ?? NONE);
  const data = known
    .filter((one) => !NEVER_OUT.has(one.code))
    .map((one) => {
      const name = language === 'zh' ? one.nameZh : one.nameEn;
      return { value: one.code, label: `${name}  ${one.code}${one.code === own ? t('reports.export.crsOwn') : ''}` };
    });
  return (
    <Line label={t('reports.export.crs')} htmlFor={id}>
      <Select
        id={id}
        w={460}
        searchable
        limit={100}
        allowDeselect={false}
        data={data}
        value={plan.crs}
        onChange={(value) => value !== null && onChange({ crs: value })}
      />
    </Line>
  );
}
const NONE: readonly { code: string; nameZh: string; nameEn: string }[] = [];

function FilterLine({ plan, onChange }: ExportFormProps) {
  const { t } = useWords();
  const { shown, total } = useView();
  const filtered = useFilter((s) => s.conditions.length > 0 || s.text.trim() !== '');
  if (!filtered) {
    return (
      <Line label={t('reports.export.what')}>
        <p className="sm t2 export-tick">{t('reports.export.filterNone', { total })}</p>
      </Line>
    );
  }
  return (
    <Line label={t('reports.export.what')}>
      <label className="row g2 sm export-tick">
        <input
          type="checkbox"
          className="ck"
          checked={plan.filtered}
          onChange={(event) => onChange({ filtered: event.currentTarget.checked })}
        />
        {t('reports.export.filter')}
        <span className="t3">{t('reports.export.filterAbout', { shown, total })}</span>
      </label>
    </Line>
  );
}

interface LineProps {
  label: string;
  note?: string;
  htmlFor?: string;
  children: ReactNode;
}

function Line({ label, note, htmlFor, children }: LineProps) {
  return (
    <div className="export-line">
      {htmlFor === undefined ? (
        <span className="sm t2">{label}</span>
      ) : (
        <label className="sm t2" htmlFor={htmlFor}>
          {label}
        </label>
      )}
      <div className="col export-value">
        {children}
        {note !== undefined && note !== '' && <p className="xs t3">{note}</p>}
      </div>
    </div>
  );
}
