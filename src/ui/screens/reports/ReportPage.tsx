import { useSession } from '../../app/stores/session.ts';
import { useJob, useQueryOf } from '../../app/engine.ts';
import { TaskRow } from '../../app/TasksButton.tsx';
import type { Output } from '../../../api/contract.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorNote } from '../../kit/notes.tsx';
import { useWords, type Language } from '../../words/index.ts';
import { useReportDesk } from './desk.ts';
import { Parameters } from './Parameters.tsx';
import { SheetView } from './SheetView.tsx';
import { SheetTabs } from './SheetTabs.tsx';
import { titleOf } from './titles.ts';
import { useWrite } from './use-write.ts';

/** Rows of a sheet on the screen; the workbook has them all. */
const PREVIEW_ROWS = 200;

type Preview = Output<'report.preview'>;

/** A report as it will be written: its parameters, its sheets, and where it goes. */
export function ReportPage({ report }: { report: string }) {
  const { t, language: own } = useWords();
  const { street, asOf, language: chosen, sheet: wanted, set } = useReportDesk();
  const language = chosen ?? own;
  const narrowed = { ...(street === null ? {} : { street }), ...(asOf === null ? {} : { asOf }) };
  const preview = useQueryOf('report.preview', { report, ...narrowed, rowsPerSheet: PREVIEW_ROWS }, { keep: true });
  const { data } = preview;
  const sheet = data?.sheets.find((one) => one.id === wanted) ?? data?.sheets[0];
  return (
    <section className="col grow report" aria-label={data === undefined ? t('reports.title') : titleOf(data, language)}>
      <ReportHead preview={data} language={language} />
      <Parameters />
      {preview.error !== null && (
        <div className="bar-note">
          <ErrorNote error={preview.error} onRetry={() => void preview.refetch()} />
        </div>
      )}
      {data !== undefined && sheet !== undefined && (
        <SheetTabs
          sheets={data.sheets}
          on={sheet.id}
          language={language}
          onChange={(id) => set({ sheet: id })}
          busy={preview.isFetching}
        >
          <SheetView sheet={sheet} language={language} />
        </SheetTabs>
      )}
      {data === undefined && <div className="grow" aria-busy="true" />}
      {data !== undefined && <Foot report={report} preview={data} language={language} narrowed={narrowed} />}
    </section>
  );
}

function ReportHead({ preview, language }: { preview: Preview | undefined; language: Language }) {
  const { t } = useWords();
  const district = useSession((s) => s.project?.districtName ?? '');
  const where = useStreetName() ?? t('reports.wholeDistrict');
  return (
    <div className="report-head">
      <h2 className="head">{preview === undefined ? '' : titleOf(preview, language)}</h2>
      <p className="sm t2">
        {[district, where, preview === undefined ? null : `${t('reports.asOf')} ${preview.asOf}`]
          .filter((part) => part !== null && part !== '')
          .join(' · ')}
      </p>
    </div>
  );
}

function useStreetName(): string | null {
  const street = useReportDesk((s) => s.street);
  const outline = useQueryOf('map.outline', {}).data;
  return outline?.streets.find((one) => one.code === street)?.name ?? null;
}

interface FootProps {
  report: string;
  preview: Preview;
  language: Language;
  narrowed: { street?: string; asOf?: string };
}

/** The one main act, and what it will make. */
function Foot({ report, preview, language, narrowed }: FootProps) {
  const { t } = useWords();
  const job = useJob('report.write');
  const write = useWrite();
  const district = useSession((s) => s.project?.districtName ?? '');
  const street = useStreetName();
  const name = `${[titleOf(preview, language), street ?? district, preview.asOf].filter((part) => part !== '').join('_')}.xlsx`;
  const rows = preview.sheets.reduce((sum, sheet) => sum + sheet.total, 0);
  const go = () =>
    void write({ title: t('reports.saveTitle'), name, done: 'reports.done' }, (target) =>
      job.run({ report, ...narrowed, language, target }),
    );
  return (
    <div className="report-foot">
      <Button look="main" busy={job.busy} onClick={go}>
        {t('reports.write')}
      </Button>
      {job.busy && job.task !== null ? (
        <div className="grow report-task">
          <TaskRow task={job.task} />
        </div>
      ) : (
        <span className="sm t3">{t('reports.writeAbout', { sheets: preview.sheets.length, rows, name })}</span>
      )}
    </div>
  );
}
