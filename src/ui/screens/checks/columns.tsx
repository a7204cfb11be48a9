import type { Finding } from '../../../model/finding.ts';
import type { GridColumn } from '../../kit/grid/types.ts';
import { ClassSymbolMark } from '../../kit/Symbol.tsx';
import { findingWords, metres } from '../../words/finding-words.ts';
import { when, type Language, type Translate } from '../../words/index.ts';
import type { Findings } from './use-findings.ts';

interface ColumnWords {
  t: Translate;
  language: Language;
  /** Two features are compared: both codes stand side by side. */
  pair: boolean;
  nameOf: Findings['nameOf'];
  isChosen: (id: number) => boolean;
}

export function findingColumns(words: ColumnWords): GridColumn<Finding>[] {
  const { t, language, pair, nameOf, isChosen } = words;
  const codeOf = (finding: Finding, at: number): string => {
    const feature = finding.features[at];
    return feature === undefined ? '' : (nameOf(feature.layer, feature.id)?.code ?? '');
  };
  const nameAt = (finding: Finding) => {
    const feature = finding.features[0];
    return feature === undefined ? '' : (nameOf(feature.layer, feature.id)?.name ?? '');
  };
  const more = (finding: Finding) =>
    finding.features.length > 2 || (finding.features.length > 1 && !pair)
      ? ` ${t('checks.others', { count: finding.features.length })}`
      : '';
  const code = (id: string, head: string, at: number): GridColumn<Finding> => ({
    id,
    head,
    width: 148,
    className: 'code',
    text: (finding) => codeOf(finding, at),
    cell: (finding) => (
      <span>
        {codeOf(finding, at)}
        {at === 0 && <span className="t3">{more(finding)}</span>}
      </span>
    ),
  });
  const distance: GridColumn<Finding> = {
    id: 'distance',
    head: t('checks.head.distance'),
    width: 78,
    align: 'end',
    text: (finding) => distanceOf(finding),
    cell: (finding) => <span>{distanceOf(finding)}</span>,
  };
  const what: GridColumn<Finding> = {
    id: 'what',
    head: t('checks.head.what'),
    width: 356,
    text: (finding) => findingWords(finding, language),
    cell: (finding) => <span className="cut">{findingWords(finding, language)}</span>,
  };
  return [
    {
      id: 'tick',
      head: '',
      label: t('checks.tick'),
      width: 32,
      frozen: true,
      text: () => '',
      cell: (finding) => (
        <input
          type="checkbox"
          className="ck"
          tabIndex={-1}
          readOnly
          checked={isChosen(finding.id)}
          aria-label={codeOf(finding, 0)}
        />
      ),
    },
    code('first', pair ? t('checks.head.first') : t('checks.head.code'), 0),
    ...(pair ? [code('second', t('checks.head.second'), 1)] : []),
    {
      id: 'name',
      head: t('checks.head.name'),
      width: 116,
      text: nameAt,
      cell: (finding) => (
        <>
          {finding.features[0]?.layer === 'component' && <ClassSymbolMark className={nameAt(finding)} />}
          <span className="cut">{nameAt(finding)}</span>
        </>
      ),
    },
    pair ? distance : what,
    {
      id: 'found',
      head: t('checks.head.found'),
      width: 76,
      text: (finding) => when(finding.foundAt, language, new Date()),
      cell: (finding) => <span className="t2">{dayOf(finding.foundAt, new Date())}</span>,
    },
    {
      id: 'phase',
      head: t('checks.head.phase'),
      width: 72,
      text: (finding) => t(`checks.phase.${finding.phase}`),
      cell: (finding) => (
        <span className={finding.phase === 'open' ? 't2' : 'sx-done'}>{t(`checks.phase.${finding.phase}`)}</span>
      ),
    },
  ];
}

/** '11-18' of this year, the whole day otherwise. */
function dayOf(iso: string, now: Date): string {
  return iso.startsWith(`${now.getFullYear()}-`) ? iso.slice(5, 10) : iso.slice(0, 10);
}

function distanceOf(finding: Finding): string {
  const { distance } = finding.data;
  return typeof distance === 'number' ? metres(distance) : '';
}
