import type { Finding } from '../../model/finding.ts';
import { SeverityIcon } from '../kit/Shapes.tsx';
import { sayIf, useWords } from '../words/index.ts';

/** Open findings on what is selected. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t } = useWords();
  const open = findings.filter((one) => one.phase === 'open');
  if (open.length === 0) return null;
  return (
    <section className="sect">
      <h3>{t('inspector.findings')}</h3>
      <ul className="finds">
        {open.map((one) => (
          <li key={one.id}>
            <SeverityIcon severity={one.severity} label={t(`values.severity.${one.severity}`)} />
            <span>{sayIf(`findings.rule.${one.rule}`, one.data) ?? one.rule}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
