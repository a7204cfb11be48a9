import type { Finding } from '../../model/finding.ts';
import { SeverityIcon } from '../kit/Shapes.tsx';
import { findingSentence } from '../words/finding.ts';
import { useWords } from '../words/index.ts';

/** Open findings on what is selected. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t, language } = useWords();
  const open = findings.filter((one) => one.phase === 'open');
  if (open.length === 0) return null;
  return (
    <section className="sect">
      <h3>{t('inspector.findings')}</h3>
      <ul className="finds">
        {open.map((one) => (
          <li key={one.id}>
            <SeverityIcon severity={one.severity} label={t(`values.severity.${one.severity}`)} />
            <span>{findingSentence(one, language)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
