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
  /** Class names in the language of the screen. */
  wordOf: (zh: string | null) => string | null;
}

type Column = GridColumn<Finding>;

export function findingColumns(words: ColumnWords): Column[] {
  const { t, language, pair } = words;
  const tick: Column = {
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
        checked={words.isChosen(finding.id)}
        aria-label={codeOf(words, finding, 0)}
      />
    ),
  };
  const found: Column = {
    id: 'found',
    head: t('checks.head.found'),
    width: 76,
    text: (finding) => when(finding.foundAt, language),
    cell: (finding) => <span className="t2">{dayOf(finding.foundAt)}</span>,
  };
  const phase: Column = {
    id: 'phase',
    head: t('checks.head.phase'),
    width: 64,
    text: (finding) => t(`checks.phase.${finding.phase}`),
    cell: (finding) => (
      <span className={finding.phase === 'open' ? 't2' : 'sx-done'}>{t(`checks.phase.${finding.phase}`)}</span>
    ),
  };
  const codes = pair
    ? [codeColumn(words, 'first', t('checks.head.first'), 0), codeColumn(words, 'second', t('checks.head.second'), 1)]
    : [codeColumn(words, 'first', t('checks.head.code'), 0)];
  return [tick, ...codes, nameColumn(words), pair ? distanceColumn(words) : whatColumn(words), found, phase];
}

function codeOf({ nameOf }: ColumnWords, finding: Finding, at: number): string {
  const feature = finding.features[at];
  return feature === undefined ? '' : (nameOf(feature.layer, feature.id)?.code ?? '');
}

function codeColumn(words: ColumnWords, id: string, head: string, at: number): Column {
  const { t, pair } = words;
  const others = (count: number) => (count > 1 && !pair && at === 0 ? ` ${t('checks.others', { count })}` : '');
  return {
    id,
    head,
    width: pair ? 134 : 148,
    className: 'code',
    text: (finding) => codeOf(words, finding, at),
    cell: (finding) => (
      <span>
        {codeOf(words, finding, at)}
        <span className="t3">{others(finding.features.length)}</span>
      </span>
    ),
  };
}

function nameColumn({ t, nameOf, wordOf }: ColumnWords): Column {
  const nameAt = ({ features: [feature] }: Finding) =>
    feature === undefined ? null : (nameOf(feature.layer, feature.id)?.name ?? null);
  return {
    id: 'name',
    head: t('checks.head.name'),
    width: 108,
    text: (finding) => wordOf(nameAt(finding)) ?? '',
    cell: (finding) => (
      <>
        {finding.features[0]?.layer === 'component' && <ClassSymbolMark className={nameAt(finding)} />}
        <span className="cut">{wordOf(nameAt(finding))}</span>
      </>
    ),
  };
}

function distanceColumn({ t }: ColumnWords): Column {
  return {
    id: 'distance',
    head: t('checks.head.distance'),
    width: 78,
    align: 'end',
    text: distanceOf,
    cell: (finding) => <span>{distanceOf(finding)}</span>,
  };
}

function whatColumn({ t, language }: ColumnWords): Column {
  return {
    id: 'what',
    head: t('checks.head.what'),
    width: 356,
    text: (finding) => findingWords(finding, language),
    cell: (finding) => <span className="cut">{findingWords(finding, language)}</span>,
  };
}

/** '11-18' of this year, the whole day otherwise. */
function dayOf(iso: string): string {
  return iso.startsWith(`${new Date().getFullYear()}-`) ? iso.slice(5, 10) : iso.slice(0, 10);
}

function distanceOf(finding: Finding): string {
  const { distance } = finding.data;
  return typeof distance === 'number' ? metres(distance) : '';
}
