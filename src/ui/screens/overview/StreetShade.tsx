import { SegmentedControl } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useQueryOf } from '../../app/engine.ts';
import { shadeClass, useShade, type Shade } from '../../map/shade.ts';
import { count, ratePercent, useWords } from '../../words/index.ts';
import type { Overview } from './types.ts';

/** Classes of the rate are fixed, so that a colour means the same next month; those of counts follow the streets. */
const RATE_BREAKS: Shade['breaks'] = [0.7, 0.8, 0.85, 0.92];
const KINDS = ['rate', 'density', 'findings'] as const;
type Kind = (typeof KINDS)[number];

interface StreetShade {
  kind: Kind;
  setKind: (kind: Kind) => void;
  shade: Shade | null;
  districtRate: number | null;
}

/** Colours streets on the map by the figure chosen. */
export function useStreetShade(overview: Overview | undefined): StreetShade {
  const [kind, setKind] = useState<Kind>('rate');
  const areas = useStreetAreas(kind === 'density');
  const findings = useStreetFindings(kind === 'findings');
  const shade = useMemo(
    () => (overview === undefined ? null : shadeOf(kind, overview, areas, findings)),
    [overview, kind, areas, findings],
  );
  const setShade = useShade((s) => s.setShade);
  useEffect(() => setShade(shade), [shade, setShade]);
  return { kind, setKind, shade, districtRate: overview?.byStreet.clarityRate ?? null };
}

/** Area of each street in m², from its outline. */
function useStreetAreas(wanted: boolean): ReadonlyMap<string, number> {
  const outline = useQueryOf('map.outline', {}, { enabled: wanted }).data;
  return useMemo(() => {
    const areas = (outline?.streets ?? []).map((street): [string, number] => [
      street.code,
      street.rings.reduce(
        (sum, rings) => sum + rings.reduce((part, ring, i) => part + (i === 0 ? 1 : -1) * Math.abs(shoelace(ring)), 0),
        0,
      ),
    ]);
    return new Map(areas);
  }, [outline]);
}

function shoelace(ring: readonly (readonly [number, number])[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

/** Components with an open finding, by street. */
function useStreetFindings(wanted: boolean): ReadonlyMap<string, number> {
  const stats = useQueryOf(
    'stats.get',
    {
      by: 'street',
      filter: { op: 'not', of: { op: 'empty', column: 'finding' } },
    },
    { enabled: wanted },
  ).data;
  return useMemo(() => new Map((stats?.groups ?? []).map((group) => [group.key ?? '', group.components])), [stats]);
}

function shadeOf(
  kind: Kind,
  overview: Overview,
  areas: ReadonlyMap<string, number>,
  findings: ReadonlyMap<string, number>,
): Shade {
  const values = new Map<string, number>();
  for (const street of overview.byStreet.groups) {
    if (street.key === null) continue;
    const value = valueOf(kind, street, areas.get(street.key), findings.get(street.key) ?? 0);
    if (value !== null) values.set(street.key, value);
  }
  const text = (value: number) => (kind === 'rate' ? ratePercent(value) : count(Math.round(value)));
  return {
    kind,
    values,
    breaks: kind === 'rate' ? RATE_BREAKS : quintiles([...values.values()]),
    texts: new Map([...values].map(([code, value]) => [code, text(value)])),
  };
}

function valueOf(
  kind: Kind,
  street: Overview['byStreet']['groups'][number],
  area: number | undefined,
  findings: number,
): number | null {
  if (kind === 'rate') return street.clarityRate;
  if (kind === 'density') return area === undefined || area === 0 ? null : street.components / (area / 1_000_000);
  return street.components === 0 ? null : (findings / street.components) * 1000;
}

function quintiles(values: number[]): Shade['breaks'] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return [at(0.2), at(0.4), at(0.6), at(0.8)];
}

export function ShadeSwitch({ shade }: { shade: StreetShade }) {
  const { t } = useWords();
  return (
    <div className="float ov-switch">
      <span className="t2 sm nw">{t('overview.shadeBy')}</span>
      <SegmentedControl
        size="xs"
        aria-label={t('overview.shadeBy')}
        value={shade.kind}
        onChange={(value) => shade.setKind(value)}
        data={KINDS.map((kind) => ({ value: kind, label: t(`overview.shade.${kind}`) }))}
      />
    </div>
  );
}

/** Five classes with how many streets are in each. For findings few is good, so the colours run the other way round on the map as well. */
export function ShadeLegend({ shade: { shade, kind, districtRate } }: { shade: StreetShade }) {
  const { t } = useWords();
  if (shade === null || shade.values.size === 0) return null;
  const { breaks, values } = shade;
  const text = (value: number) => (kind === 'rate' ? `${Math.round(value * 100)} %` : count(Math.round(value)));
  const classes = [0, 1, 2, 3, 4].map((step) => {
    const from = text(breaks[step - 1] ?? 0);
    const to = text(breaks[step] ?? 0);
    const streets = [...values.values()].filter((value) => shadeClass(value, breaks) === step).length;
    const words =
      step === 0
        ? t('overview.below', { to })
        : step === 4
          ? t('overview.above', { from })
          : t('overview.between', { from, to });
    return { step, words, streets };
  });
  return (
    <div className="float legend ov-legend" role="group">
      <p className="cap">{t(`overview.legend.${kind}`, { rate: districtRate })}</p>
      <ul>
        {classes.map(({ step, words, streets }) => (
          <li key={step}>
            <i className={`sw r${step + 1}`} />
            {words}
            <em>{t('overview.streetCount', { count: streets })}</em>
          </li>
        ))}
      </ul>
    </div>
  );
}
