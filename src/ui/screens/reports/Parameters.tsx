import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQueryOf } from '../../app/engine.ts';
import { isoDate } from '../../kit/half-width.ts';
import { useWords } from '../../words/index.ts';
import { useReportDesk } from './desk.ts';

/** What a report is narrowed to, and the language it is written in. */
export function Parameters() {
  const { t, language: own } = useWords();
  const { street, language, set } = useReportDesk();
  const outline = useQueryOf('map.outline', {}).data;
  return (
    <div className="toolbar report-parameters" role="group" aria-label={t('reports.parameters')}>
      <label className="sm t2" htmlFor="report-street">
        {t('reports.street')}
      </label>
      <Select
        id="report-street"
        w={168}
        searchable
        clearable
        placeholder={t('reports.wholeDistrict')}
        data={(outline?.streets ?? []).map((one) => ({ value: one.code, label: one.name }))}
        value={street}
        onChange={(code) => set({ street: code })}
      />
      <label className="sm t2" htmlFor="report-as-of">
        {t('reports.asOf')}
      </label>
      <AsOf />
      <span className="end sm t2">{t('reports.language')}</span>
      <SegmentedControl
        size="xs"
        aria-label={t('reports.language')}
        value={language ?? own}
        onChange={(value) => set({ language: value })}
        data={[
          { value: 'zh', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
      />
    </div>
  );
}

/** A day as a person writes it; taken over when it is one. */
function AsOf() {
  const { t } = useWords();
  const { asOf, set } = useReportDesk();
  const [typed, setTyped] = useState(asOf ?? '');
  const bad = typed.trim() !== '' && isoDate(typed) === null;
  const accept = () => {
    if (!bad) set({ asOf: isoDate(typed) });
  };
  return (
    <TextInput
      id="report-as-of"
      w={112}
      value={typed}
      placeholder={t('reports.asOfHint')}
      error={bad}
      title={bad ? t('reports.badDate') : undefined}
      aria-invalid={bad || undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={accept}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) accept();
      }}
    />
  );
}
