import { useQueryOf } from '../../app/engine.ts';
import { ErrorNote } from '../../kit/notes.tsx';
import { useReportDesk, type Choice } from './desk.ts';
import { ExportPage } from './ExportPage.tsx';
import { Gallery } from './Gallery.tsx';
import { ReportPage } from './ReportPage.tsx';

/** What can be handed out on the left, the chosen one as it will be on the right. */
export function ReportsScreen() {
  const { data, error, refetch } = useQueryOf('report.list', {});
  const chosen = useReportDesk((s) => s.choice);
  if (error !== null) {
    return (
      <div className="bar-note">
        <ErrorNote error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  const [first] = data ?? [];
  const choice: Choice | null = chosen ?? (first === undefined ? null : { kind: 'report', id: first.id });
  return (
    <div className="row grow is-stretch">
      <Gallery reports={data ?? []} choice={choice} />
      {choice?.kind === 'report' && <ReportPage key={choice.id} report={choice.id} />}
      {choice?.kind === 'layer' && <ExportPage key={choice.layer} layer={choice.layer} />}
    </div>
  );
}
