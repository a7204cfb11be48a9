import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import type { ComponentDetail } from '../../api/component.ts';
import { useCommand } from '../app/engine.ts';
import { withPerson } from '../app/project.ts';
import { useSession } from '../app/stores/session.ts';
import { useToasts } from '../app/stores/toasts.ts';
import { useTool } from '../app/stores/tool.ts';
import { IconButton } from '../kit/IconButton.tsx';
import { markOf } from '../words/cell.ts';
import { useWords } from '../words/index.ts';
import { Reclassify } from './Reclassify.tsx';

/** What can be done with one component beyond editing its values. */
export function ComponentMenu({ detail }: { detail: ComponentDetail }) {
  const { t } = useWords();
  const [reclassifying, setReclassifying] = useState(false);
  const retire = useCommand('component.retire');
  const restore = useCommand('component.restore');
  const readOnly = useSession((s) => s.project?.readOnly != null);
  const code = String(detail.cells['code'] ?? '');
  const ids = [detail.id];
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    useToasts.getState().show({ tone: 'notice', text: t('inspector.copied', { code }) });
  };
  const out = markOf(detail.cells) === 'out';
  return (
    <>
      <Menu position="bottom-end" width={192}>
        <Menu.Target>
          <IconButton label={t('inspector.more')}>
            <IconDots size={16} stroke={1.5} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void copy()}>{t('inspector.copyCode')}</Menu.Item>
          <Menu.Item
            disabled={readOnly}
            onClick={() => withPerson(() => useTool.getState().setTool({ id: 'move-component', component: detail.id }))}
          >
            {t('components.move')}
          </Menu.Item>
          <Menu.Item disabled={readOnly} onClick={() => setReclassifying(true)}>
            {t('inspector.reclassify.menu')}
          </Menu.Item>
          <Menu.Divider />
          {out && (
            <Menu.Item disabled={readOnly} onClick={() => withPerson(() => void restore.run({ ids }))}>
              {t('inspector.restore')}
            </Menu.Item>
          )}
          {!out && (
            <Menu.Item
              disabled={readOnly}
              rightSection={<span className="t3">Del</span>}
              onClick={() => withPerson(() => void retire.run({ ids }))}
            >
              {t('inspector.retire')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {reclassifying && <Reclassify detail={detail} onClose={() => setReclassifying(false)} />}
    </>
  );
}
