import type { ReactNode } from 'react';
import { failureWords } from '../words/failure.ts';
import { useWords } from '../words/index.ts';
import { Button } from './Button.tsx';
import { SeverityIcon } from './Shapes.tsx';

/** An empty list: what it would hold and one way to get it. */
export function EmptyState({ title, about, children }: { title: string; about?: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="strong">{title}</p>
      {about !== undefined && <p className="sm t2">{about}</p>}
      {children !== undefined && <div className="row g2">{children}</div>}
    </div>
  );
}

/** What went wrong, where, and what to do. */
export function ErrorNote({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { t, language } = useWords();
  return (
    <div className="note is-error" role="alert">
      <SeverityIcon severity="error" size={16} />
      <p className="grow">{failureWords(error, language)}</p>
      {onRetry !== undefined && (
        <Button small onClick={onRetry}>
          {t('frame.retry')}
        </Button>
      )}
    </div>
  );
}
