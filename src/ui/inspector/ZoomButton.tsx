import { IconZoomInArea } from '@tabler/icons-react';
import { IconButton } from '../kit/IconButton.tsx';

export function ZoomButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <IconButton label={label} onClick={onClick}>
      <IconZoomInArea size={16} stroke={1.5} />
    </IconButton>
  );
}
