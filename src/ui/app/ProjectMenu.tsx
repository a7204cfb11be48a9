import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useWords } from '../words/index.ts';
import { useEngine } from './engine.ts';
import { closeProject, newProject, openByDialog, openProject, openSample } from './project.ts';
import { useDialogs } from './stores/dialogs.ts';
import { useSession } from './stores/session.ts';

const SHOWN = 6;

export function ProjectMenu() {
  const { t } = useWords();
  const engine = useEngine();
  const { project, app } = useSession();
  const show = useDialogs((s) => s.show);
  if (project === null) return <span className="proj">{t('frame.app')}</span>;
  const recents = (app?.recents ?? []).filter((one) => !one.missing && one.name !== project.name).slice(0, SHOWN);
  return (
    <Menu position="bottom-start" width={256}>
      <Menu.Target>
        <button type="button" className="proj" aria-label={`${t('frame.project.menu')} ${project.name}`}>
          <span className="cut">{project.name}</span>
          <IconChevronDown size={14} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection={<span className="t3">Ctrl O</span>} onClick={() => void openByDialog(engine)}>
          {t('frame.project.open')}
        </Menu.Item>
        <Menu.Item onClick={newProject}>{t('frame.project.new')}</Menu.Item>
        <Menu.Item onClick={() => openSample(engine)}>{t('frame.project.sample')}</Menu.Item>
        {recents.length > 0 && <Menu.Label>{t('frame.project.recent')}</Menu.Label>}
        {recents.map((one) => (
          <Menu.Item key={one.file.ref} onClick={() => void openProject(engine, one.file)}>
            {one.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => show({ id: 'backups', file: project.file })}>{t('frame.project.backups')}</Menu.Item>
        <Menu.Item onClick={() => void closeProject(engine)}>{t('frame.project.close')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
