import { IconHelpCircle } from '@tabler/icons-react';
import { screens, type Screen } from '../screens/index.tsx';
import { useWords } from '../words/index.ts';
import { SettingsMenu } from './SettingsMenu.tsx';
import { useDialogs } from './stores/dialogs.ts';
import { useSession } from './stores/session.ts';

export function Rail() {
  const { t } = useWords();
  const show = useDialogs((s) => s.show);
  return (
    <nav className="rail" aria-label={t('frame.screens')}>
      {screens.map((screen, i) => (
        <RailItem key={screen.id} screen={screen} digit={i + 1} />
      ))}
      <span className="sp" />
      <button
        type="button"
        className="rail-item"
        aria-label={t('frame.help')}
        title={`${t('frame.help')}  ?`}
        onClick={() => show({ id: 'keys' })}
      >
        <IconHelpCircle size={19} stroke={1.5} aria-hidden />
      </button>
      <SettingsMenu />
    </nav>
  );
}

function RailItem({ screen, digit }: { screen: Screen; digit: number }) {
  const { t } = useWords();
  const project = useSession((s) => s.project);
  const on = useSession((s) => s.screen === screen.id) && project !== null;
  const go = useSession((s) => s.go);
  const off = project === null;
  const { icon: Icon, Badge } = screen;
  return (
    <button
      type="button"
      className={`rail-item${on ? ' is-on' : ''}${off ? ' is-off' : ''}`}
      aria-current={on ? 'page' : undefined}
      aria-disabled={off || undefined}
      title={off ? `${t(screen.titleKey)} · ${t('frame.needsProject')}` : `${t(screen.titleKey)}  ${digit}`}
      onClick={off ? undefined : () => go(screen.id)}
    >
      <Icon size={20} stroke={1.5} aria-hidden />
      <span>{t(screen.titleKey)}</span>
      {!off && Badge !== undefined && <Badge />}
    </button>
  );
}
