import type { InspectedTable, Inspection } from '../../../api/delivery.ts';
import { MapSlot } from '../../app/MapSlot.tsx';
import { useEngine } from '../../app/engine.ts';
import { Button } from '../../kit/Button.tsx';
import { SeverityIcon } from '../../kit/Shapes.tsx';
import { sayIf, useWords, type Translate } from '../../words/index.ts';
import { chosenOf, lettered, offsetBetween, tiesOf, toneOf } from './candidates.ts';
import { Letter } from './CrsEvidence.tsx';
import { useCrsName } from './crs-names.ts';
import { doubtWords } from './doubt-words.ts';
import { textOf, valuesOf } from './values.ts';
import { useFlow } from './flow.ts';
import { planOf, stage } from './flow-actions.ts';
import { ErrorNote } from '../../kit/notes.tsx';
import { isSkipped, questionsOf, type Question } from './unsure.ts';

/** Map with the candidates, why one of them was taken, what is wrong with the files, and the way on. */
export function EvidencePanel({ inspection, table }: { inspection: Inspection; table: InspectedTable | undefined }) {
  const { t } = useWords();
  const placed = table?.crs.candidates.some((one) => one.points.length > 0) === true;
  return (
    <aside className="panel imp-side" aria-label={t('importing.side')}>
      <div className={placed ? 'imp-slot' : 'imp-slot is-low'}>
        <MapSlot />
        {placed && table !== undefined && <CandidateLegend table={table} />}
      </div>
      <div className="scroll grow" tabIndex={0} role="region" aria-label={t('importing.problems.title')}>
        {table !== undefined && <CrsBasis table={table} />}
        <Problems inspection={inspection} table={table} />
      </div>
      <Onward inspection={inspection} />
    </aside>
  );
}

/** What the marks on the map are. */
function CandidateLegend({ table }: { table: InspectedTable }) {
  const { t } = useWords();
  const used = chosenOf(table.crs);
  const chosen = lettered(table.crs.candidates).find((one) => one.candidate === used);
  return (
    <ul className="float legend imp-legend">
      {chosen !== undefined && (
        <li>
          <i className="imp-dot" aria-hidden="true" />
          {t('evidence.crs.placed', { letter: chosen.letter })}
        </li>
      )}
      <li>
        <i className="imp-dot is-known" aria-hidden="true" />
        {t('evidence.crs.known')}
      </li>
      {tiesOf(table.crs).length > 0 && (
        <li>
          <i className="imp-dot is-tie" aria-hidden="true" />
          {t('evidence.crs.tie')}
        </li>
      )}
    </ul>
  );
}

function CrsBasis({ table }: { table: InspectedTable }) {
  const { t } = useWords();
  const { nameOf } = useCrsName();
  const { crs } = table;
  const all = lettered(crs.candidates);
  const used = chosenOf(crs);
  const chosen = all.find((one) => one.candidate === used);
  if (chosen === undefined) return null;
  const reasons = crs.evidence
    .filter((one) => one.code !== 'fit' && one.code !== 'known')
    .flatMap(
      ({ code, data }) =>
        sayIf(`evidence.crsWhy.${code}`, {
          ...valuesOf(data),
          share: percent(data['share']),
          name: nameOf(textOf(data['code'] ?? data['stated'])),
          found: nameOf(textOf(data['found'])),
        }) ?? [],
    );
  const others = all.filter((one) => one !== chosen && one.candidate.points.length > 0).slice(0, 3);
  return (
    <section className="sect">
      <h3>{t('evidence.crs.basis')}</h3>
      <p className="sm">{reasons.join(' ')}</p>
      {others.map((one) => {
        const away = offsetBetween(chosen.candidate.points, one.candidate.points);
        if (away === null) return null;
        return (
          <p key={one.letter} className="sm t2 row g1">
            <Letter letter={one.letter} tone={toneOf(all.indexOf(one), false)} />
            {t('evidence.crs.awayFrom', {
              name: nameOf(one.candidate.code),
              metres: Math.round(away.metres),
              direction: directionWords(away.direction, t),
            })}
          </p>
        );
      })}
    </section>
  );
}

const percent = (share: unknown) => (typeof share === 'number' ? Math.round(share * 100) : 0);

const DIRECTIONS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
function directionWords(direction: number, t: Translate): string {
  return t(`evidence.direction.${DIRECTIONS[direction] ?? 'n'}`);
}

/** Everything the files are to be blamed for, one sentence each, with what to do. */
function Problems({ inspection, table }: { inspection: Inspection; table: InspectedTable | undefined }) {
  const { t, language } = useWords();
  const own = (table?.doubts ?? []).map((doubt) => ({ ...doubt, where: table?.name ?? '' }));
  const whole = inspection.doubts.map((doubt) => ({ ...doubt, where: '' }));
  const all = [...own, ...whole];
  return (
    <section className="sect">
      <h3>
        {t('importing.problems.title')}
        <span className="end">{all.length > 0 ? all.length : ''}</span>
      </h3>
      {all.length === 0 && <p className="sm t2">{t('importing.problems.none')}</p>}
      <ul className="imp-problems">
        {all.map((doubt) => {
          const words = doubtWords(doubt, language);
          return (
            <li key={`${doubt.where} ${doubt.code} ${doubt.message}`}>
              <SeverityIcon severity={words.severity} label={t(`values.severity.${words.severity}`)} />
              <span className="grow">
                <span>{words.what}</span>
                {words.todo !== null && <span className="xs t3">{words.todo}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The way on, or the sentence that says what is missing; naming the first table that asks. */
function Onward({ inspection }: { inspection: Inspection }) {
  const { t } = useWords();
  const engine = useEngine();
  const { plans, job, error } = useFlow();
  const asking = inspection.tables.flatMap((table, i) => {
    const [question] = questionsOf(table, planOf(plans, table));
    return question === undefined ? [] : [{ i, table, question }];
  });
  const usable = inspection.tables.some(
    (table) => table.rows > 0 && table.as.value !== null && !isSkipped(table, planOf(plans, table)),
  );
  const [first] = asking;
  const because =
    first !== undefined
      ? questionWords(first.table.name, first.question, t)
      : usable
        ? null
        : t('importing.nothingUsable');
  return (
    <div className="imp-onward">
      {error !== null && <ErrorNote error={error} />}
      {because !== null && (
        <div className="note is-warning" role="status">
          <SeverityIcon severity="warning" size={16} />
          <p className="grow">
            {because}
            {asking.length > 1 && ` ${t('evidence.ask.more', { count: asking.length - 1 })}`}
          </p>
          {first !== undefined && inspection.tables.length > 1 && (
            <button type="button" className="link sm nw" onClick={() => useFlow.setState({ table: first.i })}>
              {t('evidence.ask.show')}
            </button>
          )}
        </div>
      )}
      <Wishes />
      <div className="row g2 imp-foot">
        <Button
          look="main"
          disabledBecause={job !== null ? t('importing.wait.looking') : because}
          onClick={() => stage(engine)}
        >
          {t('importing.stage')}
        </Button>
        <span className="end xs t3">{t('importing.nothingLive')}</span>
      </div>
    </div>
  );
}

/** What else is wanted of this delivery. */
function Wishes() {
  const { t } = useWords();
  const flow = useFlow();
  return (
    <>
      {(['saveMapping', 'clearBlanks'] as const).map((wish) => (
        <label key={wish} className="imp-save sm">
          <input
            type="checkbox"
            className="ck"
            checked={flow[wish]}
            onChange={(event) => useFlow.setState({ [wish]: event.currentTarget.checked })}
          />
          {t(`importing.${wish}`)}
        </label>
      ))}
    </>
  );
}

function questionWords(table: string, question: Question, t: Translate): string {
  switch (question.about) {
    case 'kind':
      return t('evidence.ask.kind', { table });
    case 'encoding':
      return t('evidence.ask.encoding', { table, count: question.candidates });
    case 'crs':
      return question.candidates === 0
        ? t('evidence.ask.crsUnknown', { table })
        : t('evidence.ask.crs', { table, count: question.candidates });
    case 'fields':
      return question.count === 1
        ? t('evidence.ask.field', { table, field: question.first })
        : t('evidence.ask.fields', { table, count: question.count });
  }
}
