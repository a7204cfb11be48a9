import { IconCirclePlus, IconLine, IconVectorTriangle, IconX, type TablerIcon } from '@tabler/icons-react';
import type { RevisionInfo } from '../../../model/change.ts';
import { useEngine, useQueryOf } from '../../app/engine.ts';
import { useEditRevision } from './use-edit-revision.ts';
import {
  useGridEdit,
  type GridEditPreview,
  type GridEditResult,
  type ReshapedGrid,
} from '../../app/stores/grid-edit.ts';
import { redo, undo } from '../../app/undo.ts';
import { Button } from '../../kit/Button.tsx';
import { IconButton } from '../../kit/IconButton.tsx';
import { KeyHint } from '../../kit/KeyHint.tsx';
import { SeverityIcon, type SeverityMark } from '../../kit/Shapes.tsx';
import { useWords, when, type Translate } from '../../words/index.ts';
import { nearEdge } from './moved.ts';
import { useMovedRows } from './use-moved-rows.ts';

const ICONS: Record<GridEditPreview['operation'], TablerIcon> = {
  'move-node': IconVectorTriangle,
  'move-edge': IconLine,
  'insert-node': IconCirclePlus,
};

/** One edit of the tiling: which grids change and by how much, what was checked, and the way back. */
export function EditCard() {
  const preview = useGridEdit((s) => s.preview);
  const done = useGridEdit((s) => s.done);
  const revision = useEditRevision();
  const edit = preview ?? done;
  if (edit === null) return null;
  const refusal = preview?.refusal ?? null;
  const written = preview === null ? revision : null;
  return (
    <>
      <CardHead edit={edit} refused={refusal !== null} held={preview !== null} written={written} />
      <div className="scroll grow is-inset" tabIndex={0}>
        <Reshaped grids={edit.reshaped} />
        <Checks edit={edit} refusal={refusal} />
      </div>
      {preview !== null && <HeldFoot refused={refusal !== null} />}
      {preview === null && done !== null && <DoneFoot done={done} revision={written} />}
    </>
  );
}

interface CardHeadProps {
  edit: Pick<GridEditPreview, 'operation'>;
  refused: boolean;
  held: boolean;
  written: RevisionInfo | null;
}

function CardHead({ edit, refused, held, written }: CardHeadProps) {
  const { t, language } = useWords();
  const putAside = useGridEdit((s) => s.putAside);
  const Icon = ICONS[edit.operation];
  const undone = written !== null && written.undoneBy !== null;
  const state = refused ? 'refused' : held ? 'dragging' : undone ? 'undone' : 'applied';
  return (
    <div className="sect insp-h edit-head">
      <div className="row g3 is-top">
        <span className="symbox">
          <Icon size={20} stroke={1.5} aria-hidden />
        </span>
        <div className="grow">
          <p className="cap">{t('grids.edit.cap')}</p>
          <h2 className="title">{t(`grids.edit.${edit.operation}`)}</h2>
        </div>
        {!held && (
          <IconButton label={t('grids.edit.close')} keys="Esc" onClick={putAside}>
            <IconX size={16} stroke={1.5} />
          </IconButton>
        )}
      </div>
      <p className="sm t2 row g2 edit-state">
        <span className={`tag is-${state}`}>{t(`grids.edit.${state}`)}</span>
        {written !== null && <span>{`${written.person}  ${when(written.at, language)}`}</span>}
      </p>
    </div>
  );
}

function Reshaped({ grids }: { grids: readonly ReshapedGrid[] }) {
  const { t } = useWords();
  if (grids.length === 0) return null;
  return (
    <section className="sect">
      <h3>
        {t('grids.edit.reshaped')} <span className="end">{grids.length}</span>
      </h3>
      <table className="edit-areas">
        <thead>
          <tr>
            <th scope="col">{t('grids.edit.code')}</th>
            <th scope="col">{t('grids.edit.areaNow')}</th>
            <th scope="col">{t('grids.edit.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {grids.map(({ id, code, areaWas, areaNow }) => (
            <tr key={id}>
              <th scope="row" className="code">
                {code}
              </th>
              <td>{whole(areaNow)}</td>
              <td className="t2">{signed(areaNow - areaWas)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const whole = (metres: number): string => metres.toLocaleString('en', { maximumFractionDigits: 0 });
const signed = (metres: number): string =>
  `${metres < 0 ? '−' : '+'}${Math.abs(metres).toLocaleString('en', { maximumFractionDigits: 1 })}`;

interface Check {
  mark: SeverityMark;
  text: string;
}

function Checks({ edit, refusal }: { edit: Pick<GridEditPreview, 'reshaped' | 'rehomed'>; refusal: string | null }) {
  const { t } = useWords();
  const near = useMovedRows().rows.filter(nearEdge).length;
  const checks = refusal === null ? checksOf(t, edit, near) : [{ mark: 'error' as const, text: refusal }];
  return (
    <section className="sect is-last">
      <h3>{t('grids.edit.checks')}</h3>
      <ul className="finds">
        {checks.map(({ mark, text }) => (
          <li key={text}>
            <SeverityIcon severity={mark} />
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Areas are sums of exact coordinates: a difference of a square centimetre is one. */
const SAME_AREA_M2 = 0.0001;

function checksOf(t: Translate, { reshaped, rehomed }: Pick<GridEditPreview, 'reshaped' | 'rehomed'>, near: number) {
  const difference = reshaped.reduce((sum, { areaWas, areaNow }) => sum + areaNow - areaWas, 0);
  const same = Math.abs(difference) < SAME_AREA_M2;
  const checks: Check[] = [
    same
      ? { mark: 'done', text: t('grids.edit.sameArea') }
      : { mark: 'warning', text: t('grids.edit.sumDiffers', { area: difference.toFixed(3) }) },
    { mark: 'done', text: t('grids.edit.borders') },
    rehomed.length === 0
      ? { mark: 'done', text: t('grids.edit.movedNone') }
      : { mark: 'info', text: t('grids.edit.moved', { count: rehomed.length }) },
  ];
  if (near > 0) checks.push({ mark: 'warning', text: t('grids.edit.near', { count: near }) });
  return checks;
}

function HeldFoot({ refused }: { refused: boolean }) {
  const { t } = useWords();
  const byKeys = useGridEdit((s) => s.held !== null);
  const letGo = t(refused ? 'grids.edit.letGoRefused' : 'grids.edit.letGo');
  return (
    <p className="insp-foot sm t2">
      {byKeys && !refused && (
        <>
          <KeyHint keys="Enter" /> {t('map.node.keys')}
        </>
      )}
      {byKeys && refused && t('grids.edit.notThere')}
      {!byKeys && letGo}
      <span className="vr is-tight" />
      <KeyHint keys="Esc" /> {t('grids.edit.escape')}
    </p>
  );
}

function DoneFoot({ done, revision }: { done: GridEditResult; revision: RevisionInfo | null }) {
  const { t } = useWords();
  const engine = useEngine();
  const next = useQueryOf('history.state', { window: engine.client.window }).data?.redo ?? null;
  if (revision !== null && revision.undoneBy !== null) {
    const why = next?.id === revision.undoneBy ? null : t('grids.edit.redoLater');
    return (
      <div className="insp-foot">
        <Button disabledBecause={why} onClick={() => void redo(engine)}>
          {t('grids.edit.redo')}
        </Button>
      </div>
    );
  }
  const moved = done.rehomed.length;
  return (
    <div className="insp-foot">
      <Button onClick={() => void undo(engine, done.revision)}>{t('grids.edit.undo')}</Button>
      <span className="sm t3">
        {moved === 0 ? t('grids.edit.undoAboutNone') : t('grids.edit.undoAbout', { count: moved })}
      </span>
    </div>
  );
}
