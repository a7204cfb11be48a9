import { useEffect } from 'react';
import type { InspectedTable, Inspection } from '../../../api/delivery.ts';
import { mapCommands } from '../../map/MapPane.tsx';
import { useSketch } from '../../map/sketch.ts';
import { boxToShow, groupsOf, tiesOf } from './candidates.ts';
import { deliveryName, deliverySize } from './delivery-words.ts';
import { EvidencePanel } from './EvidencePanel.tsx';
import { stepOf, useFlow } from './flow.ts';
import { ImportHead } from './Steps.tsx';
import { MappingTable } from './MappingTable.tsx';
import { TableEvidence } from './TableEvidence.tsx';
import { TableList } from './TableList.tsx';

/** Per table: what was found and why, where its points fall, and which field fills which column. */
export function EvidenceView({ inspection }: { inspection: Inspection }) {
  const flow = useFlow();
  const table = inspection.tables[Math.min(flow.table, inspection.tables.length - 1)];
  useCandidatesOnMap(table);
  return (
    <>
      <ImportHead title={deliveryName(inspection.files)} about={deliverySize(inspection.files)} step={stepOf(flow)} />
      <div className="row grow is-stretch">
        <TableList inspection={inspection} />
        <div className="col grow" aria-busy={flow.job !== null}>
          {table !== undefined && <TableEvidence key={`e ${table.file} ${table.name}`} table={table} />}
          {table !== undefined && table.as.value !== null && (
            <MappingTable key={`m ${table.file} ${table.name}`} table={table} />
          )}
        </div>
        <EvidencePanel inspection={inspection} table={table} />
      </div>
    </>
  );
}

/** The delivered points under each candidate system, drawn over the district. */
function useCandidatesOnMap(table: InspectedTable | undefined): void {
  const crs = table?.crs;
  useEffect(() => {
    const groups = crs === undefined ? [] : groupsOf(crs);
    useSketch.getState().setGroups(groups, crs === undefined ? [] : tiesOf(crs));
    const box = boxToShow(groups);
    // The map settles in its slot first.
    const frame = requestAnimationFrame(() => (box === null ? mapCommands.fit() : mapCommands.zoomTo(box)));
    return () => {
      cancelAnimationFrame(frame);
      useSketch.getState().setGroups([], []);
    };
  }, [crs]);
}
