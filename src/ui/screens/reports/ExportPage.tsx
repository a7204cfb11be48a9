import { useState } from 'react';
import type { Output } from '../../../api/contract.ts';
import type { LayerName } from '../../../model/component.ts';
import { useJob } from '../../app/engine.ts';
import { toFilter, useFilter } from '../../app/stores/filter.ts';
import { useSession } from '../../app/stores/session.ts';
import { TaskRow } from '../../app/TasksButton.tsx';
import { Button } from '../../kit/Button.tsx';
import { useWords } from '../../words/index.ts';
import { exportName, hasEncoding, hasProfile, type ExportPlan } from './export-plan.ts';
import { ExportForm } from './ExportForm.tsx';
import { ExportResult } from './ExportResult.tsx';
import { useWrite } from './use-write.ts';

/** One layer in a common format: how, whereto, and what the format could not hold. */
export function ExportPage({ layer }: { layer: LayerName }) {
  const { t } = useWords();
  const project = useSession((s) => s.project);
  const filtered = useFilter((s) => s.conditions.length > 0 || s.text.trim() !== '');
  const [plan, setPlan] = useState<ExportPlan>({
    layer,
    format: 'gpkg',
    encoding: 'utf-8',
    crs: project?.crs.code ?? '',
    profile: project?.scheme.startsWith('GB/T 47678') === false ? '2013' : '2026',
    filtered: layer === 'component' && filtered,
  });
  const [result, setResult] = useState<Output<'export.write'> | null>(null);
  const change = (part: Partial<ExportPlan>) => {
    setPlan((now) => ({ ...now, ...part }));
    setResult(null);
  };
  return (
    <section className="col grow report" aria-label={t('reports.export.title', { layer: t(`values.layer.${layer}`) })}>
      <div className="report-head">
        <h2 className="head">{t('reports.export.title', { layer: t(`values.layer.${layer}`) })}</h2>
        <p className="sm t2">{t('reports.export.about')}</p>
      </div>
      <div className="scroll grow export-body">
        <ExportForm plan={plan} onChange={change} />
        {result !== null && <ExportResult result={result} />}
      </div>
      <Foot plan={plan} onDone={setResult} />
    </section>
  );
}

function Foot({ plan, onDone }: { plan: ExportPlan; onDone: (result: Output<'export.write'>) => void }) {
  const { t } = useWords();
  const job = useJob('export.write');
  const write = useWrite();
  const district = useSession((s) => s.project?.districtName ?? '');
  const conditions = useFilter();
  const [day] = useState(() => new Date().toLocaleDateString('sv-SE'));
  const name = exportName([district, t(`values.layer.${plan.layer}`), day], plan.format);
  const go = () =>
    void write({ title: t('reports.export.saveTitle'), name, done: 'reports.export.done' }, async (target) => {
      const { layer, format, crs } = plan;
      const done = await job.run({
        layer,
        format,
        crs,
        ...(hasEncoding(format) ? { encoding: plan.encoding } : {}),
        ...(hasProfile(layer) ? { profile: plan.profile } : {}),
        filter: plan.filtered ? toFilter(conditions) : null,
        target,
      });
      if (done !== null) onDone(done);
      return done;
    });
  return (
    <div className="report-foot">
      <Button look="main" busy={job.busy} onClick={go}>
        {t('reports.export.write')}
      </Button>
      {job.busy && job.task !== null ? (
        <div className="grow report-task">
          <TaskRow task={job.task} />
        </div>
      ) : (
        <span className="sm t3">{t('reports.export.writeAbout', { name })}</span>
      )}
    </div>
  );
}
