import { useState } from 'react';
import type { ComponentDetail } from '../../api/component.ts';
import { useClasses } from '../app/classes.ts';
import { useQueryOf } from '../app/engine.ts';
import { ErrorNote } from '../kit/notes.tsx';
import { ClarityShape } from '../kit/Shapes.tsx';
import { ClassSymbolMark } from '../kit/Symbol.tsx';
import { mapCommands } from '../map/MapPane.tsx';
import { markOf } from '../words/cell.ts';
import { useWords } from '../words/index.ts';
import { Basics } from './Basics.tsx';
import { Code } from './Code.tsx';
import { ComponentMenu } from './ComponentMenu.tsx';
import { Delivered } from './Delivered.tsx';
import { Findings } from './Findings.tsx';
import { History, LatestChange } from './History.tsx';
import { Photos } from './Photos.tsx';
import { Roles } from './Roles.tsx';
import { claritySentence } from './summary.ts';
import { Tabs } from './Tabs.tsx';
import { ZoomButton } from './ZoomButton.tsx';

/** One component: who answers for it, what it is, where it came from and what happened to it. */
export function ComponentInspector({ id }: { id: number }) {
  const { t } = useWords();
  const [tab, setTab] = useState('attributes');
  const { data, error, refetch } = useQueryOf('component.get', { id }, { keep: true });
  if (error !== null) {
    return (
      <div className="bar-note">
        <ErrorNote error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (data === undefined) return <div className="insp-wait" aria-busy="true" />;
  return (
    <>
      <Header detail={data} />
      <Tabs
        on={tab}
        onChange={setTab}
        tabs={[
          { id: 'attributes', title: t('inspector.tabs.attributes') },
          { id: 'history', title: t('inspector.tabs.history'), count: data.revisions },
          { id: 'delivered', title: t('inspector.tabs.delivered') },
        ]}
      >
        {tab === 'attributes' && (
          <>
            <Roles detail={data} />
            <Findings findings={data.findings} />
            <Photos detail={data} />
            <Basics detail={data} />
            <LatestChange of={{ layer: 'component', id }} total={data.revisions} />
          </>
        )}
        {tab === 'history' && <History of={{ layer: 'component', id }} />}
        {tab === 'delivered' && <Delivered detail={data} />}
      </Tabs>
    </>
  );
}

function Header({ detail }: { detail: ComponentDetail }) {
  const { t } = useWords();
  const { classes, nameOf } = useClasses();
  const { cells, names } = detail;
  const own = classes.find((one) => one.scheme === cells['scheme'] && one.code === cells['class_code']);
  const mark = markOf(cells);
  const text = (column: string) => {
    const value = cells[column];
    return value === null || value === undefined ? null : String(value);
  };
  return (
    <div className="insp-h">
      <div className="row g2 is-top">
        <span className="symbox">
          <ClassSymbolMark className={names['class_name'] ?? text('name')} size={22} />
        </span>
        <div className="grow">
          <h2 className="title">{nameOf(text('scheme'), text('class_code'), text('name')) ?? names['class_name']}</h2>
          <Code code={text('code') ?? ''} />
        </div>
        <ZoomButton
          label={t('inspector.zoom')}
          onClick={() => mapCommands.zoomTo({ layer: 'component', ids: [detail.id] })}
        />
        <ComponentMenu detail={detail} />
      </div>
      <div className="row g2 insp-state">
        <span className={`badge bd-${mark}`}>
          <ClarityShape clarity={mark} />
          {t(`values.clarity.${mark}`)}
        </span>
        <span className="sm t2">{claritySentence(detail, own?.ownerless === true)}</span>
      </div>
    </div>
  );
}
