import type { Clarity } from '../../model/component.ts';
import type { Severity } from '../../model/finding.ts';

export type ClarityMark = Clarity | 'out';

/** Shape before colour: full disc, half disc with ring, cut lozenge, empty ring, dash. Decorative; the word stands beside it or in `label`. */
export function ClarityShape({ clarity, size = 12, label }: { clarity: ClarityMark; size?: number; label?: string }) {
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg className={`cl-${clarity}`} width={size} height={size} viewBox="0 0 12 12" {...named}>
      {label !== undefined && <title>{label}</title>}
      {clarity === 'clear' && <circle cx="6" cy="6" r="4.6" fill="currentColor" />}
      {clarity === 'partial' && (
        <>
          <path d="M6 1.4a4.6 4.6 0 0 0 0 9.2z" fill="currentColor" />
          <circle className="edge" cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.2" />
        </>
      )}
      {clarity === 'disputed' && <path d="M5.3.9.5 6l4.8 5.1zM6.7.9 11.5 6 6.7 11.1z" fill="currentColor" />}
      {clarity === 'unclear' && <circle cx="6" cy="6" r="3.9" fill="none" stroke="currentColor" strokeWidth="2" />}
      {clarity === 'out' && <path d="M2 6h8" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />}
    </svg>
  );
}

export type SeverityMark = Severity | 'done';
const SEVERITY_CLASS: Record<SeverityMark, string> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  done: 'done',
};

/** Octagon, triangle, disc with i, disc with tick. */
export function SeverityIcon({
  severity,
  size = 14,
  label,
}: {
  severity: SeverityMark;
  size?: number;
  label?: string;
}) {
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg className={`sv-${SEVERITY_CLASS[severity]}`} width={size} height={size} viewBox="0 0 16 16" {...named}>
      {label !== undefined && <title>{label}</title>}
      {severity === 'error' && <path fill="currentColor" d="M5.1 1.5h5.8l3.6 3.6v5.8l-3.6 3.6H5.1l-3.6-3.6V5.1z" />}
      {severity === 'warning' && (
        <path fill="currentColor" d="M7.1 1.9a1 1 0 0 1 1.8 0l5.9 11a1 1 0 0 1-.9 1.5H2.1a1 1 0 0 1-.9-1.5z" />
      )}
      {(severity === 'info' || severity === 'done') && <circle cx="8" cy="8" r="6.6" fill="currentColor" />}
      <g className="cutout">
        {severity === 'error' && <path d="M8 4.4v4.2M8 11.2v.2" />}
        {severity === 'warning' && <path d="M8 6v3.4M8 11.9v.2" />}
        {severity === 'info' && <path d="M8 7.4v4M8 4.6v.2" />}
        {severity === 'done' && <path d="m5 8.2 2.1 2.1L11 6.4" />}
      </g>
    </svg>
  );
}
