import { IconChevronRight, IconMapPin2, IconPackageImport, IconPlus, type TablerIcon } from '@tabler/icons-react';
import { KeyHint } from '../../kit/KeyHint.tsx';
import { useEngine } from '../../app/engine.ts';
import { SAMPLE_TASK, newProject, openByDialog, openProject, openSample } from '../../app/project.ts';
import { useDialogs } from '../../app/stores/dialogs.ts';
import { useImporting } from '../../app/stores/importing.ts';
import { useSession } from '../../app/stores/session.ts';
import { useTasks } from '../../app/stores/tasks.ts';
import { TaskRow } from '../../app/TasksButton.tsx';
import { useWords } from '../../words/index.ts';
import { Art } from './Art.tsx';
import { usualCrs } from './usual-crs.ts';

const RECENTS = 4;

/** No project open: three ways in, and what each gives. */
export function StartScreen() {
  const { t, language } = useWords();
  const engine = useEngine();
  const show = useDialogs((s) => s.show);
  const app = useSession((s) => s.app);
  const crs = app === null ? undefined : usualCrs(app);
  return (
    <div className="start-screen">
      <Art />
      <div className="start">
        <h1>{t('frame.app')}</h1>
        <p className="lead">{t('start.lead')}</p>
        <Waiting />
        <div className="ways">
          <Way icon={IconMapPin2} keys="Ctrl 1" words="sample" first onGo={() => openSample(engine)}>
            {t('start.sample.gives')}
          </Way>
          <Way icon={IconPlus} keys="Ctrl N" words="new" onGo={newProject}>
            {t('start.new.gives', {
              crs: language === 'zh' ? crs?.nameZh : crs?.nameEn,
              scheme: app?.schemes[0],
            })}
          </Way>
          <Way icon={IconPackageImport} keys="Ctrl O" words="drop" onGo={() => void openByDialog(engine)}>
            {t('start.drop.gives')}
          </Way>
        </div>
        <div className="sub">
          <Recents onOpen={(file) => void openProject(engine, file)} />
          <div className="row">
            {app !== null && app.recents.length === 0 && <span>{t('start.noRecents')}</span>}
            <button type="button" className="link end" onClick={() => show({ id: 'backups', file: null })}>
              {t('start.restore')}
            </button>
            <button type="button" className="link" onClick={() => show({ id: 'keys' })}>
              {t('start.keys')} <KeyHint keys="?" />
            </button>
          </div>
        </div>
      </div>
      <SampleProgress />
      <p className="start-note">{t('start.art')}</p>
    </div>
  );
}

/** What was dropped before a project is open waits for one, and says so. */
function Waiting() {
  const { t } = useWords();
  const files = useImporting((s) => s.files);
  const [first] = files;
  if (first === undefined) return null;
  return (
    <div className="note start-waiting" role="status">
      <IconPackageImport size={16} stroke={1.5} aria-hidden />
      <p className="grow">{t('start.waiting', { name: first.name, count: files.length })}</p>
      <button type="button" className="link sm nw" onClick={() => useImporting.getState().take()}>
        {t('start.letGo')}
      </button>
    </div>
  );
}

/** While the sample district is made: what is being done, how far, and cancel. */
function SampleProgress() {
  const task = useTasks((s) => s.tasks[SAMPLE_TASK]);
  if (task === undefined || (task.state !== 'running' && task.state !== 'waiting')) return null;
  return (
    <output className="sample-progress float">
      <TaskRow task={task} />
    </output>
  );
}

interface WayProps {
  icon: TablerIcon;
  keys: string;
  words: 'sample' | 'new' | 'drop';
  first?: boolean;
  onGo: () => void;
  children: string;
}

function Way({ icon: Icon, keys, words, first, onGo, children }: WayProps) {
  const { t } = useWords();
  return (
    <button type="button" className={first === true ? 'way is-first' : 'way'} onClick={onGo}>
      <span className="wi">
        <Icon size={22} stroke={1.5} aria-hidden />
      </span>
      <span className="grow">
        <span className="row g2">
          <span className="wt">{t(`start.${words}.title`)}</span>
          <KeyHint keys={keys} />
        </span>
        <span className="t2">{t(`start.${words}.about`)}</span>
        <span className="wg">{children}</span>
      </span>
      <IconChevronRight size={16} stroke={1.5} aria-hidden />
    </button>
  );
}

function Recents({ onOpen }: { onOpen: (file: { ref: string; name: string }) => void }) {
  const { t, language } = useWords();
  const recents = useSession((s) => s.app?.recents ?? NONE).slice(0, RECENTS);
  if (recents.length === 0) return null;
  return (
    <>
      <p className="cap">{t('start.recents')}</p>
      <div className="recents">
        {recents.map((one) => (
          <button key={one.file.ref} type="button" disabled={one.missing} onClick={() => onOpen(one.file)}>
            <span className="strong">{one.name}</span>
            <span className="t3 end">
              {one.missing
                ? t('frame.project.missing')
                : new Date(one.openedAt).toLocaleDateString(language === 'zh' ? 'zh-CN' : 'en-GB')}
            </span>
          </button>
        ))}
      </div>
    </>
  );
}
const NONE: never[] = [];
