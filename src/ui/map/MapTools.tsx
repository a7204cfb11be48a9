import { IconFocusCentered, IconMinus, IconPlus, IconRuler2, IconVector } from '@tabler/icons-react';
import { useTool } from '../app/stores/tool.ts';
import { IconButton } from '../kit/IconButton.tsx';
import { useWords } from '../words/index.ts';
import { mapCommands } from './commands.ts';

/** The column of tools floating at the map's upper right. */
export function MapTools() {
  const { t } = useWords();
  const tool = useTool((s) => s.tool);
  const setTool = useTool((s) => s.setTool);
  const measure = (kind: 'length' | 'area') => {
    const on = tool.id === 'measure' && tool.kind === kind;
    setTool(on ? { id: 'select' } : { id: 'measure', kind });
  };
  const measuring = (kind: 'length' | 'area') => tool.id === 'measure' && tool.kind === kind;
  return (
    <div className="float mtools" role="toolbar" aria-orientation="vertical" aria-label={t('map.title')}>
      <IconButton label={t('map.zoomIn')} keys="+" onClick={() => mapCommands.zoomBy(1)}>
        <IconPlus size={16} stroke={1.5} />
      </IconButton>
      <IconButton label={t('map.zoomOut')} keys="−" onClick={() => mapCommands.zoomBy(-1)}>
        <IconMinus size={16} stroke={1.5} />
      </IconButton>
      <IconButton label={t('map.fit')} keys="0" onClick={() => mapCommands.fit()}>
        <IconFocusCentered size={16} stroke={1.5} />
      </IconButton>
      <hr />
      <IconButton label={t('map.measureLength')} on={measuring('length')} onClick={() => measure('length')}>
        <IconRuler2 size={16} stroke={1.5} />
      </IconButton>
      <IconButton label={t('map.measureArea')} on={measuring('area')} onClick={() => measure('area')}>
        <IconVector size={16} stroke={1.5} />
      </IconButton>
    </div>
  );
}
