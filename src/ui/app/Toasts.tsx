import { IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { SeverityIcon } from '../kit/Shapes.tsx';
import { useWords } from '../words/index.ts';
import { useToasts, type Toast } from './stores/toasts.ts';

const SHOWN_MS = 6000;
const ERROR_SHOWN_MS = 12_000;

/** Lower left over the map, one line each; they wait while the pointer or focus is on them. */
export function Toasts() {
  const toasts = useToasts((s) => s.toasts);
  return (
    <div className="toasts" role="log" aria-live="polite">
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastLine({ toast }: { toast: Toast }) {
  const { t } = useWords();
  const dismiss = useToasts((s) => s.dismiss);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dismiss(toast.id), toast.tone === 'error' ? ERROR_SHOWN_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, toast, dismiss]);
  const hold = {
    onMouseEnter: () => setHeld(true),
    onMouseLeave: () => setHeld(false),
    onFocus: () => setHeld(true),
    onBlur: () => setHeld(false),
  };
  const { act } = toast;
  return (
    <div className={`toast is-${toast.tone}`} {...hold}>
      {toast.tone === 'error' && <SeverityIcon severity="error" />}
      {toast.tone === 'done' && <IconCheck size={14} stroke={1.5} aria-hidden />}
      {toast.tone === 'notice' && <IconInfoCircle size={14} stroke={1.5} aria-hidden />}
      <span>{toast.text}</span>
      {act !== undefined && (
        <button
          type="button"
          className="link"
          onClick={() => {
            dismiss(toast.id);
            act.perform();
          }}
        >
          {act.label}
        </button>
      )}
      <button type="button" className="ibtn is-sm" aria-label={t('frame.dismiss')} onClick={() => dismiss(toast.id)}>
        <IconX size={14} stroke={1.5} aria-hidden />
      </button>
    </div>
  );
}
