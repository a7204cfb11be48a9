import { IconFilterOff } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Finding } from '../../../model/finding.ts';
import { action, useActions } from '../../app/actions.ts';
import { useClasses } from '../../app/classes.ts';
import { useFilter } from '../../app/stores/filter.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { useSession } from '../../app/stores/session.ts';
import { Button } from '../../kit/Button.tsx';
import type { SelectMode } from '../../kit/grid/types.ts';
import { VirtualGrid } from '../../kit/grid/VirtualGrid.tsx';
import { EmptyState, ErrorNote } from '../../kit/notes.tsx';
import { SeverityIcon } from '../../kit/Shapes.tsx';
import { tellFailure } from '../../app/tell.ts';
import { mapCommands } from '../../map/MapPane.tsx';
import { ruleTitle } from '../../words/finding-words.ts';
import { useWords } from '../../words/index.ts';
import { useChosen } from './chosen.ts';
import { findingColumns } from './columns.tsx';
import { hereOf } from './RuleTree.tsx';
import { useFindings, type Findings } from './use-findings.ts';
import type { Rules } from './use-rules.ts';

const ROW_HEIGHT = { compact: 24, regular: 28, relaxed: 34 } as const;

/** Findings of the shown rule; choosing one goes there on the map. */
export function FindingTable({ rules }: { rules: Rules }) {
  const { t, language } = useWords();
  const { phase, findings: chosen, index, primary } = useChosen();
  const density = useSession((s) => s.density);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const { wordOf } = useClasses();
  const rule = rules.shown;
  const findings = useFindings(rule?.id ?? null, phase, rules.filter);
  const { total, nameOf } = findings;
  useEffect(() => useChosen.setState({ total }), [total]);
  const select = useSelect(findings);
  useKeys(select, total);
  const ids = useMemo(() => new Set(chosen.map((one) => one.id)), [chosen]);
  const pair = rule?.id === 'near-duplicate';
  const columns = findingColumns({ t, language, pair, nameOf, isChosen: (id) => ids.has(id), wordOf });
  return (
    <section className="col grow" aria-label={t('checks.table')}>
      <TableHead rules={rules} />
      {findings.error !== null && (
        <div className="bar-note">
          <ErrorNote error={findings.error} />
        </div>
      )}
      <VirtualGrid<Finding>
        label={t('checks.table')}
        words={{ all: t('checks.all'), resize: t('checks.width') }}
        rows={total}
        rowAt={findings.findingAt}
        idOf={(finding) => finding.id}
        columns={columns}
        widths={widths}
        onResize={(column, width) => setWidths((now) => ({ ...now, [column]: width }))}
        rowHeight={ROW_HEIGHT[density]}
        selected={ids}
        showRow={primary === null ? null : index}
        onSelect={select}
        onSelectAll={() => void findings.all().then(chooseAll, tellFailure)}
        onOpen={showOnMap}
        sort={[]}
        onSort={() => undefined}
        onSeen={findings.onSeen}
        empty={findings.known || (rules.known && rule === null) ? <Empty rules={rules} /> : null}
      />
    </section>
  );
}

/** Chosen again, everything is let go. */
function chooseAll(all: readonly Finding[]): void {
  const { findings, choose, clear } = useChosen.getState();
  if (findings.length >= all.length) clear();
  else choose(all, all[0]?.id ?? null, 0);
}

function TableHead({ rules }: { rules: Rules }) {
  const { t, language } = useWords();
  const { phase, findings: chosen } = useChosen();
  const rule = rules.shown;
  return (
    <div className="toolbar">
      {rule !== null && (
        <SeverityIcon severity={rule.severity} size={16} label={t(`values.severity.${rule.severity}`)} />
      )}
      <h2 className="h2">{rule === null ? t('checks.title') : ruleTitle(rule.id, language)}</h2>
      {rule !== null && <span className="sm t2 cut">{countWords(rules, t, phase)}</span>}
      {rules.filter !== null && <ClearFilter />}
      <span className="end sm t3 nw">{chosen.length > 1 ? t('checks.selected', { count: chosen.length }) : ''}</span>
      {rule?.clause != null && (
        <span className="xs t3 cut chk-clause">{t('checks.clause', { clause: rule.clause })}</span>
      )}
    </div>
  );
}

function ClearFilter() {
  const { t } = useWords();
  const clear = useFilter((s) => s.clear);
  return (
    <button type="button" className="btn is-bare is-sm" onClick={clear}>
      <IconFilterOff size={13} stroke={1.5} aria-hidden />
      {t('components.filter.clear')}
    </button>
  );
}

function countWords(
  rules: Rules,
  t: ReturnType<typeof useWords>['t'],
  phase: ReturnType<typeof useChosen.getState>['phase'],
): string {
  const rule = rules.shown;
  if (rule === null) return '';
  const here = hereOf(rule, phase);
  const elsewhere = phase === 'open' ? rule.open - here : 0;
  const words = { phase: t(`checks.phase.${phase}`) };
  return elsewhere > 0
    ? t('checks.ofRuleHere', { here, elsewhere, ...words })
    : t('checks.ofRule', { count: here, ...words });
}

/** Selection is one thing: a finding chosen is its features chosen, and the map goes there. */
function useSelect(findings: Findings): (index: number, mode: SelectMode, from: number) => void {
  return useCallback(
    (index, mode, from) => {
      const finding = findings.findingAt(index);
      if (finding === undefined) return;
      const before = useChosen.getState().findings;
      const { choose } = useChosen.getState();
      if (mode === 'toggle' && before.some((one) => one.id === finding.id)) {
        const left = before.filter((one) => one.id !== finding.id);
        return choose(left, left.at(-1)?.id ?? null, index);
      }
      const [first, last] = [Math.min(index, from), Math.max(index, from)];
      const range = Array.from({ length: last - first + 1 }, (_, i) => findings.findingAt(first + i)).filter(
        (one) => one !== undefined,
      );
      choose(mode === 'only' ? [finding] : mode === 'toggle' ? [...before, finding] : range, finding.id, index);
      showOnMap(finding);
    },
    [findings],
  );
}

/** Metres shown around a place. */
const AROUND = 60;

function showOnMap(finding: Finding): void {
  const layer = finding.features[0]?.layer;
  const selection = useSelection.getState();
  const ids = finding.features.filter((one) => one.layer === layer).map((one) => one.id);
  if (layer === undefined) return;
  selection.select(layer, ids, { zoom: finding.at === null });
  if (finding.at === null) return;
  const [x, y] = finding.at;
  mapCommands.zoomTo([x, y, x, y], { least: AROUND });
}

/** J and K go to the next and the one before, wherever the focus is. */
function useKeys(select: (index: number, mode: SelectMode, from: number) => void, total: number): void {
  useEffect(() => {
    const go = (by: number) => {
      const { index, primary } = useChosen.getState();
      const to = primary === null ? 0 : Math.max(0, Math.min(total - 1, index + by));
      if (total > 0) select(to, 'only', to);
    };
    return useActions
      .getState()
      .add([
        action({ id: 'finding.next', key: 'J', words: 'checks.next', group: 'table', perform: () => go(1) }),
        action({ id: 'finding.previous', key: 'K', words: 'checks.previous', group: 'table', perform: () => go(-1) }),
      ]);
  }, [select, total]);
}

function Empty({ rules }: { rules: Rules }) {
  const { t } = useWords();
  const phase = useChosen((s) => s.phase);
  const clear = useFilter((s) => s.clear);
  const rule = rules.shown;
  if (rules.checkedAt === null)
    return <EmptyState title={t('checks.empty.never')} about={t('checks.empty.neverAbout')} />;
  if (rule === null) return <EmptyState title={t('checks.empty.noRule')} about={t('checks.empty.noRuleAbout')} />;
  if (rules.filter !== null && rule[phase] > 0) {
    return (
      <EmptyState title={t('checks.empty.filtered')} about={t('checks.empty.filteredAbout', { count: rule[phase] })}>
        <Button onClick={clear}>{t('components.filter.clear')}</Button>
      </EmptyState>
    );
  }
  return <EmptyState title={t(`checks.empty.${phase}`)} about={t(`checks.empty.${phase}About`)} />;
}
