import { ClarityShape } from '../kit/Shapes.tsx';
import { count, ratePercent, useWords } from '../words/index.ts';
import { useQueryOf } from './engine.ts';
import { coordinate, degrees, scaleText } from './coordinates.ts';
import { useMapView } from './stores/map-view.ts';
import { useSelection } from './stores/selection.ts';
import { useSession } from './stores/session.ts';
import { underWay, useTasks } from './stores/tasks.ts';
import { useView } from './stores/view.ts';
import { taskLine } from './task-words.ts';

export function StatusBar() {
  const { t, language } = useWords();
  const project = useSession((s) => s.project);
  if (project === null) {
    return (
      <footer className="statusbar">
        <span className="t3">{t('frame.status.ready')}</span>
        <span className="grow" />
        <span className="t3">{language === 'zh' ? 'zh-CN' : 'en'}</span>
        <span className="sep" />
        <span className="t3">{t('frame.project.none')}</span>
      </footer>
    );
  }
  return (
    <footer className="statusbar">
      <Place />
      <span className="grow" />
      <Counts />
      <span className="sep" />
      <Rate />
      <span className="sep" />
      <Jobs />
    </footer>
  );
}

function Place() {
  const { language } = useWords();
  const crs = useSession((s) => s.project?.crs);
  const { pointer, lonLat, scale } = useMapView();
  return (
    <>
      <span className="code st-en">{pointer === null ? 'E –　N –' : coordinate(pointer)}</span>
      <span className="t3 cut">{language === 'zh' ? crs?.nameZh : crs?.nameEn}</span>
      {lonLat !== null && (
        <>
          <span className="sep" />
          <span className="code">{degrees(lonLat)}</span>
        </>
      )}
      {scale !== null && (
        <>
          <span className="sep" />
          <span className="code">{scaleText(scale)}</span>
        </>
      )}
    </>
  );
}

function Counts() {
  const { t } = useWords();
  const { shown, total } = useView();
  const selected = useSelection((s) => s.ids.length);
  return <span>{t('frame.status.counts', { shown, selected, total })}</span>;
}

function Rate() {
  const { t } = useWords();
  const { data } = useQueryOf('stats.get', {}, { keep: true });
  return (
    <span className="row g1">
      <ClarityShape clarity="clear" size={11} />
      {t('frame.status.rate')} <b>{ratePercent(data?.clarityRate ?? null)}%</b>
    </span>
  );
}

function Jobs() {
  const { t } = useWords();
  const running = underWay(useTasks((s) => s.tasks));
  const [first] = running;
  if (first === undefined) return <span className="t3">{t('frame.tasks.none')}</span>;
  const line = taskLine(first, first.startedAt);
  const share = line.share === null ? '' : ` ${count(Math.floor(line.share * 100))}%`;
  return (
    <output>
      {running.length > 1 ? t('frame.tasks.running', { count: running.length }) : `${line.title}${share}`}
    </output>
  );
}
