import { useMemo, useState } from 'react';
import type { GridFault } from '../../../api/grid.ts';
import type { Client } from '../../../api/client.ts';
import { coordinate } from '../../app/coordinates.ts';
import { useClient } from '../../app/engine.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { useSession } from '../../app/stores/session.ts';
import { tellFailure } from '../../app/tell.ts';
import type { GridColumn } from '../../kit/grid/types.ts';
import { VirtualGrid } from '../../kit/grid/VirtualGrid.tsx';
import { EmptyState } from '../../kit/notes.tsx';
import { SeverityIcon } from '../../kit/Shapes.tsx';
import { mapCommands } from '../../map/MapPane.tsx';
import { count, useWords, type Translate } from '../../words/index.ts';
import { CheckTiling } from './CheckTiling.tsx';
import { useGridDesk } from './desk.ts';
import { ROW_HEIGHT } from './GridTable.tsx';
import { ListSwitch } from './ListSwitch.tsx';
import { useTilingRevision } from './use-tiling-revision.ts';

interface FaultRow extends GridFault {
  index: number;
}
const NO_FAULTS: readonly GridFault[] = [];
const seeNothing = () => undefined;

/** What is wrong with the tiling, place by place; choosing one goes there and selects the grids that meet. */
export function FaultList() {
  const { t } = useWords();
  const client = useClient();
  const checked = useGridDesk((s) => s.faults);
  const found = checked?.found.faults ?? NO_FAULTS;
  const rows = useMemo(() => found.map((fault, index): FaultRow => ({ ...fault, index })), [found]);
  const [at, setAt] = useState<number | null>(null);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const density = useSession((s) => s.density);
  const columns = useMemo(() => faultColumns(t), [t]);
  const show = (index: number) => {
    const fault = rows[index];
    if (fault === undefined) return;
    setAt(index);
    goTo(client, fault).catch(tellFailure);
  };
  if (rows.length === 0) {
    return (
      <>
        <FaultHead />
        <EmptyState title={t('grids.faults.none')} about={t('grids.faults.noneAbout')} />
      </>
    );
  }
  return (
    <>
      <FaultHead />
      <VirtualGrid<FaultRow>
        label={t('grids.faults.title')}
        words={{ all: t('components.all'), resize: t('components.columnWidth') }}
        rows={rows.length}
        rowAt={(index) => rows[index]}
        idOf={(fault) => fault.index}
        columns={columns}
        widths={widths}
        onResize={(column, width) => setWidths((now) => ({ ...now, [column]: width }))}
        rowHeight={ROW_HEIGHT[density]}
        selected={new Set(at === null ? [] : [at])}
        showRow={null}
        onSelect={show}
        onOpen={(fault) => show(fault.index)}
        sort={[]}
        onSort={seeNothing}
        onSeen={seeNothing}
        empty={null}
      />
    </>
  );
}

function FaultHead() {
  const { t } = useWords();
  const checked = useGridDesk((s) => s.faults);
  const revision = useTilingRevision();
  if (checked === null) return null;
  const { gaps, overlaps, tJunctions, outside } = checked.found;
  const stale = revision > checked.revision;
  return (
    <div className="toolbar">
      <ListSwitch on="faults" />
      <span className="sm t2 cut">{t('grids.faults.counts', { gaps, overlaps, tJunctions, outside })}</span>
      <span className="end" />
      {stale && (
        <span className="sm t2 row g1 nw">
          <SeverityIcon severity="warning" />
          {t('grids.faults.stale')}
        </span>
      )}
      <CheckTiling again />
    </div>
  );
}

/** Metres shown to each side of a fault. */
const ROOM = 40;

async function goTo(client: Client, { at: [x, y], codes }: GridFault): Promise<void> {
  mapCommands.zoomTo([x - ROOM, y - ROOM, x + ROOM, y + ROOM]);
  const grids = await Promise.all(codes.map((code) => client.call('grid.byCode', { code })));
  const ids = grids.flatMap((grid) => grid?.id ?? []);
  useSelection.getState().select('unit_grid', ids);
}

function faultColumns(t: Translate): GridColumn<FaultRow>[] {
  const kind = (fault: FaultRow) => t(`grids.faults.${fault.kind === 't-junction' ? 'tJunction' : fault.kind}`);
  const area = ({ areaM2 }: FaultRow) => (areaM2 === null ? '' : areaM2 < 10 ? areaM2.toFixed(3) : count(areaM2));
  return [
    {
      id: 'kind',
      head: t('grids.faults.kind'),
      width: 168,
      frozen: true,
      text: kind,
      cell: (fault) => (
        <>
          <SeverityIcon severity="error" />
          <span>{kind(fault)}</span>
        </>
      ),
    },
    {
      id: 'codes',
      head: t('grids.faults.grids'),
      width: 340,
      className: 'code',
      text: ({ codes }) => codes.join(' '),
      cell: ({ codes }) => <span>{codes.join('  ')}</span>,
    },
    {
      id: 'area',
      head: t('grids.area'),
      width: 96,
      align: 'end',
      text: area,
      cell: (fault) => <span>{area(fault)}</span>,
    },
    {
      id: 'place',
      head: t('grids.faults.place'),
      width: 220,
      className: 'code',
      text: (fault) => coordinate(fault.at),
      cell: (fault) => <span>{coordinate(fault.at)}</span>,
    },
  ];
}
