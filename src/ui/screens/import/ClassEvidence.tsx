import { Select } from '@mantine/core';
import type { Evidence, InspectedTable } from '../../../api/delivery.ts';
import { useClasses } from '../../app/classes.ts';
import { useEngine } from '../../app/engine.ts';
import { sayIf, useWords } from '../../words/index.ts';
import { valuesOf } from './values.ts';
import { decide } from './flow-actions.ts';
import { EvidenceBlock, EvidenceChoice } from './evidence-blocks.tsx';

interface ClassCandidate {
  scheme: string | null;
  code: string;
  name: string | null;
  evidence: Evidence | undefined;
}

/** Which class a table is of, or that its rows say so one by one. */
export function ClassEvidence({ table }: { table: InspectedTable }) {
  const { t } = useWords();
  const engine = useEngine();
  const { componentClass: own } = table;
  const { nameOf } = useClasses();
  const several = own.evidence.find((one) => one.code === 'several-classes');
  const name = (one: Pick<ClassCandidate, 'scheme' | 'code' | 'name'>) =>
    `${one.code} ${nameOf(one.scheme, one.code, one.name) ?? ''}`;
  const candidates = candidatesOf(table);
  const value =
    own.code !== null
      ? (nameOf(own.scheme, own.code, own.name) ?? own.code)
      : several === undefined
        ? t('evidence.class.unknown')
        : t('evidence.class.each');
  return (
    <EvidenceBlock
      caption={t('evidence.class.title')}
      value={value}
      confidence={several === undefined ? own.confidence : 1}
      about={own.scheme ?? ''}
    >
      {several !== undefined && (
        <EvidenceChoice
          group={`class ${table.file} ${table.name}`}
          name={t('evidence.class.each')}
          chosen={own.code === null}
          main={t('evidence.class.several', valuesOf(several.data))}
          side={agreeWords(own.evidence)}
          onChoose={() => decide(engine, table, { classCode: undefined })}
        />
      )}
      {candidates.map((one) => (
        <EvidenceChoice
          key={one.code}
          group={`class ${table.file} ${table.name}`}
          name={name(one)}
          chosen={one.code === own.code}
          main={
            one.evidence === undefined
              ? ''
              : (sayIf(`evidence.classWhy.${one.evidence.code}`, valuesOf(one.evidence.data)) ?? '')
          }
          poor={one.code !== own.code}
          side={one.code === own.code ? agreeWords(own.evidence) : ''}
          onChoose={() =>
            decide(engine, table, { classCode: one.code, ...(one.scheme === null ? {} : { scheme: one.scheme }) })
          }
        />
      ))}
      <OtherClass table={table} listed={candidates.map((one) => one.code)} />
    </EvidenceBlock>
  );
}

/** The answer, and the class the file's name speaks of where that is another one. */
function candidatesOf({ componentClass: own }: InspectedTable): ClassCandidate[] {
  const byFile = own.evidence.find((one) => one.code === 'file-name');
  const fileClass = byFile?.data['class'];
  const list: ClassCandidate[] = [];
  if (own.code !== null) {
    const evidence = fileClass === own.code ? byFile : own.evidence.find((one) => one.code !== 'several-classes');
    list.push({ scheme: own.scheme, code: own.code, name: own.name, evidence });
  }
  if (typeof fileClass === 'string' && fileClass !== own.code) {
    const named = byFile?.data['name'];
    list.push({
      scheme: own.scheme,
      code: fileClass,
      name: typeof named === 'string' ? named : null,
      evidence: byFile,
    });
  }
  return list;
}

function agreeWords(evidence: readonly Evidence[]): string {
  const agree = evidence.find((one) => one.code === 'code-and-name');
  return agree === undefined ? '' : (sayIf('evidence.classWhy.code-and-name', valuesOf(agree.data)) ?? '');
}

function OtherClass({ table, listed }: { table: InspectedTable; listed: readonly string[] }) {
  const { t } = useWords();
  const engine = useEngine();
  const { classes, nameOf } = useClasses();
  const data = classes
    .filter((one) => !listed.includes(one.code))
    .map((one) => ({
      value: `${one.scheme}|${one.code}`,
      label: `${one.code} ${nameOf(one.scheme, one.code, one.name) ?? ''}`,
    }));
  const seen = new Set<string>();
  return (
    <Select
      className="imp-other"
      aria-label={t('evidence.class.other')}
      placeholder={t('evidence.class.other')}
      searchable
      limit={60}
      data={data.filter((one) => !seen.has(one.value) && seen.add(one.value))}
      value={null}
      onChange={(value) => {
        const [scheme, classCode] = value?.split('|') ?? [];
        if (scheme !== undefined && classCode !== undefined) decide(engine, table, { scheme, classCode });
      }}
    />
  );
}
