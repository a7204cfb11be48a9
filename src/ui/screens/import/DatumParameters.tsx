import { Select } from '@mantine/core';
import { useState } from 'react';
import type { InspectedTable } from '../../../api/delivery.ts';
import { Button } from '../../kit/Button.tsx';
import { useWords } from '../../words/index.ts';
import type { Shift } from './datum-need.ts';

const KINDS = {
  planar: ['dx', 'dy', 'rotation', 'scale'],
  geocentric: ['gx', 'gy', 'gz', 'rx', 'ry', 'rz', 'scale'],
} as const;
type Kind = keyof typeof KINDS;
type Field = (typeof KINDS)[Kind][number];
const CONVENTIONS = ['position-vector', 'coordinate-frame'] as const;
type Convention = (typeof CONVENTIONS)[number];

interface Props {
  crs: InspectedTable['crs'];
  busy: boolean;
  onApply: (shift: Shift) => void;
}

/** 4 parameters in the plane, or 7 between ellipsoids, with their units and signs said. */
export function DatumParameters({ crs, busy, onApply }: Props) {
  const { t } = useWords();
  const given = crs.datum.applied?.shift ?? null;
  const [kind, setKind] = useState<Kind>(given?.method === 'geocentric' ? 'geocentric' : 'planar');
  const [typed, setTyped] = useState(() => typedOf(given));
  const [convention, setConvention] = useState<Convention>(
    given?.method === 'geocentric' ? given.convention : 'position-vector',
  );
  const fields: readonly Field[] = KINDS[kind];
  const bad = fields.find((field) => numberOf(typed[field]) === null);
  const because = busy
    ? t('datum.wait')
    : bad === undefined
      ? null
      : t('datum.parameters.number', { field: t(`datum.parameters.${bad}`) });
  return (
    <div className="col g2 datum-way">
      <div className="row g2">
        <div className="seg" role="group" aria-label={t('datum.parameters.kind')}>
          {(['planar', 'geocentric'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={one === kind} onClick={() => setKind(one)}>
              {t(`datum.parameters.${one}`)}
            </button>
          ))}
        </div>
        {kind === 'geocentric' && (
          <Select
            className="datum-convention"
            aria-label={t('datum.parameters.convention')}
            allowDeselect={false}
            data={CONVENTIONS.map((value) => ({ value, label: t(`datum.parameters.${value}`) }))}
            value={convention}
            onChange={(value) => setConvention(CONVENTIONS.find((one) => one === value) ?? convention)}
          />
        )}
      </div>
      <Fields
        fields={fields}
        typed={typed}
        onType={(field, value) => setTyped((before) => ({ ...before, [field]: value }))}
      />
      <div className="row g2">
        <span className="xs t3 grow">
          {t(kind === 'planar' ? 'datum.parameters.planarHint' : 'datum.parameters.geocentricHint')}
        </span>
        <Button small look="main" disabledBecause={because} onClick={() => onApply(shiftOf(kind, typed, convention))}>
          {t('datum.apply')}
        </Button>
      </div>
    </div>
  );
}

type Typed = Partial<Record<Field, string>>;

interface FieldsProps {
  fields: readonly Field[];
  typed: Typed;
  onType: (field: Field, value: string) => void;
}

function Fields({ fields, typed, onType }: FieldsProps) {
  const { t } = useWords();
  return (
    <div className="datum-fields">
      {fields.map((field) => (
        <label key={field} className="datum-field">
          <span className="xs t2">{t(`datum.parameters.${field}`)}</span>
          <span className="field is-sm">
            <input
              type="text"
              inputMode="decimal"
              value={typed[field] ?? ''}
              onChange={(event) => onType(field, event.currentTarget.value)}
            />
          </span>
        </label>
      ))}
    </div>
  );
}

/** Blank is 0; null for what is no number. A real minus sign is one. */
function numberOf(text: string | undefined): number | null {
  const plain = (text ?? '').trim().replace('−', '-');
  if (plain === '') return 0;
  return Number.isFinite(Number(plain)) ? Number(plain) : null;
}

function shiftOf(kind: Kind, typed: Typed, convention: Convention): Shift {
  const of = (field: Field) => numberOf(typed[field]) ?? 0;
  if (kind === 'planar')
    return { method: 'planar', dx: of('dx'), dy: of('dy'), rotation: of('rotation'), scale: of('scale') };
  const turns = { rx: of('rx'), ry: of('ry'), rz: of('rz') };
  return { method: 'geocentric', dx: of('gx'), dy: of('gy'), dz: of('gz'), ...turns, scale: of('scale'), convention };
}

function typedOf(shift: Shift | null): Typed {
  const say = (value: number | undefined) => (value === undefined ? '' : String(value));
  if (shift?.method === 'planar')
    return { dx: say(shift.dx), dy: say(shift.dy), rotation: say(shift.rotation), scale: say(shift.scale) };
  if (shift?.method !== 'geocentric') return {};
  const { dx, dy, dz, rx, ry, rz, scale } = shift;
  return { gx: say(dx), gy: say(dy), gz: say(dz), rx: say(rx), ry: say(ry), rz: say(rz), scale: say(scale) };
}
