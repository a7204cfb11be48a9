import { Select } from '@mantine/core';
import type { InspectedTable } from '../../../api/delivery.ts';
import { useEngine } from '../../app/engine.ts';
import { sayIf, useWords, type Translate } from '../../words/index.ts';
import { useSketch } from '../../map/sketch.ts';
import { chosenOf, lettered, offsetBetween, toneOf, type CrsCandidate } from './candidates.ts';
import { inMetres } from './DatumResiduals.tsx';
import { useCrsName } from './crs-names.ts';
import { decide } from './flow-actions.ts';
import { valuesOf } from './values.ts';
import { isPlaceless } from './unsure.ts';
import { EvidenceBlock, EvidenceChoice } from './evidence-blocks.tsx';

const SHOWN = 4;

/** Which system the numbers are in: candidates by letter, as on the map. */
export function CrsEvidence({ table }: { table: InspectedTable }) {
  const { t } = useWords();
  const engine = useEngine();
  const { nameOf } = useCrsName();
  const { crs } = table;
  if (crs.candidates.length === 0 && !isPlaceless(table)) return null;
  const all = lettered(crs.candidates);
  const chosen = chosenOf(crs);
  const swapped = crs.axes === 'swapped' ? t('evidence.crs.swapped') : '';
  return (
    <EvidenceBlock
      caption={t('evidence.crs.title')}
      value={crs.code === null ? t('evidence.crs.unknown') : `${nameOf(crs.code)}${swapped}`}
      confidence={crs.code === null ? 0 : crs.confidence}
      about={
        sayIf(
          `evidence.crsReason.${crs.evidence.some((one) => one.code === 'given') ? 'given' : (chosen?.evidence[0]?.code ?? '')}`,
        ) ?? ''
      }
    >
      {all.slice(0, SHOWN).map(({ letter, candidate }, i) => (
        <EvidenceChoice
          key={`${candidate.code} ${candidate.axes} ${candidate.datum?.method ?? ''}`}
          group={`crs ${table.file} ${table.name}`}
          name={
            candidate.datum === null
              ? nameOf(candidate.code)
              : t('evidence.crs.withShift', { name: nameOf(candidate.code) })
          }
          chosen={candidate === chosen}
          mark={<Letter letter={letter} tone={toneOf(i, candidate === chosen)} />}
          main={fitWords(table, candidate, t)}
          poor={candidate !== chosen}
          side={sideWords(candidate, chosen, t)}
          onChoose={() => {
            const { code, axes, datum } = candidate;
            decide(engine, table, { crs: code, axes, datum: datum ?? undefined });
          }}
          onPoint={(on) => useSketch.getState().point(on ? letter : null)}
        />
      ))}
      <OtherCrs table={table} listed={all.slice(0, SHOWN).map((one) => one.candidate.code)} />
    </EvidenceBlock>
  );
}

export function Letter({ letter, tone }: { letter: string; tone: string }) {
  return <b className={`ab is-${tone}`}>{letter}</b>;
}

/** What the project says of it: known components first, else how many points lie in the grid they name (or in any grid). */
function fitWords(table: InspectedTable, candidate: CrsCandidate, t: Translate): string {
  if (candidate.datum !== null) return shiftWords(candidate, t);
  const of = (code: string) =>
    table.crs.evidence.find((one) => one.code === code && one.data['code'] === candidate.code)?.data;
  const known = of('known');
  if (known !== undefined) {
    const { verdict } = known;
    const values = { ...valuesOf(known), metres: Math.round(Number(known['metres'])) };
    if (verdict === 'fits') return t('evidence.crs.onKnown', values);
    if (verdict === 'offset' || verdict === 'near') return t('evidence.crs.offKnown', values);
    if (verdict === 'apart') return t('evidence.crs.farFromKnown');
  }
  const fit = of('fit');
  const [inside, total] = [fit?.['inside'], fit?.['total']];
  if (typeof inside === 'number' && typeof total === 'number') return t('evidence.crs.fit', { inside, total });
  return sayIf(`evidence.crsReason.${candidate.evidence[0]?.code ?? ''}`) ?? '';
}

/** A candidate that is shifted: by what, and what is left over. */
function shiftWords({ evidence }: CrsCandidate, t: Translate): string {
  const { used, total, rms } = evidence[0]?.data ?? {};
  if (typeof rms !== 'number') return t('datum.applied');
  return t('evidence.crs.shifted', { used: Number(used), total: Number(total), rms: inMetres(rms) });
}

function sideWords(candidate: CrsCandidate, chosen: CrsCandidate | undefined, t: Translate): string {
  if (chosen === undefined || candidate === chosen)
    return t('evidence.crs.confidence', { share: Math.round(candidate.confidence * 100) });
  const away = offsetBetween(chosen.points, candidate.points);
  return away === null ? '' : t('evidence.crs.away', { metres: Math.round(away.metres) });
}

/** Any other system there is, for deliveries whose makers know better. */
function OtherCrs({ table, listed }: { table: InspectedTable; listed: readonly string[] }) {
  const { t } = useWords();
  const engine = useEngine();
  const { all } = useCrsName();
  const code = table.crs.code;
  const data = all.filter((one) => !listed.includes(one.code)).map(({ code: value, name }) => ({ value, label: name }));
  return (
    <Select
      className="imp-other"
      aria-label={t('evidence.crs.other')}
      placeholder={t('evidence.crs.other')}
      searchable
      data={data}
      value={code !== null && !listed.includes(code) ? code : null}
      onChange={(value) => value !== null && decide(engine, table, { crs: value, axes: undefined, datum: undefined })}
    />
  );
}
