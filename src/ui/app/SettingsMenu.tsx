import { Menu } from '@mantine/core';
import { IconCheck, IconSettings } from '@tabler/icons-react';
import { useWords } from '../words/index.ts';
import { switchLanguage, switchTheme } from './frame-actions.ts';
import { useDialogs } from './stores/dialogs.ts';
import { useSession, type Density } from './stores/session.ts';

const DENSITIES: readonly Density[] = ['compact', 'regular', 'relaxed'];

export function SettingsMenu() {
  const { t } = useWords();
  const { density, setDensity, theme, app } = useSession();
  return (
    <Menu position="right-end" width={208}>
      <Menu.Target>
        <button type="button" className="rail-item" aria-label={t('frame.settings')} title={t('frame.settings')}>
          <IconSettings size={19} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('frame.density.title')}</Menu.Label>
        {DENSITIES.map((one) => (
          <Menu.Item
            key={one}
            onClick={() => setDensity(one)}
            rightSection={density === one ? <IconCheck size={14} stroke={1.5} aria-hidden /> : null}
          >
            {t(`frame.density.${one}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={switchTheme}>{t(theme === 'light' ? 'frame.theme.dark' : 'frame.theme.light')}</Menu.Item>
        <Menu.Item onClick={switchLanguage} rightSection={<span className="t3">中 / EN</span>}>
          {t('frame.language')}
        </Menu.Item>
        <Menu.Item
          onClick={() => useDialogs.getState().show({ id: 'person', after: null })}
          rightSection={<span className="t3">{app?.person ?? ''}</span>}
        >
          {t('frame.person')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
