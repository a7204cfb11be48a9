import { IconBuildingCommunity, IconGrid4x4, IconMapPin, IconRoad, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Output } from '../../../api/contract.ts';
import type { LayerName } from '../../../model/component.ts';
import { useSession } from '../../app/stores/session.ts';
import { PANEL_LIMITS, usePanels } from '../../app/stores/panels.ts';
import { Splitter } from '../../kit/Splitter.tsx';
import { count, useWords } from '../../words/index.ts';
import { useReportDesk, type Choice } from './desk.ts';

const LAYERS: readonly {
  layer: LayerName;
  icon: TablerIcon;
  counted: 'component' | 'unitGrid' | 'street' | 'community';
}[] = [
  { layer: 'component', icon: IconMapPin, counted: 'component' },
  { layer: 'unit_grid', icon: IconGrid4x4, counted: 'unitGrid' },
  { layer: 'street', icon: IconRoad, counted: 'street' },
  { layer: 'community', icon: IconBuildingCommunity, counted: 'community' },
];

/** Every report with a picture of its sheets, and every layer that can go out. */
export function Gallery({ reports, choice }: { reports: Output<'report.list'>; choice: Choice | null }) {
  const { t, language } = useWords();
  const set = useReportDesk((s) => s.set);
  const counts = useSession((s) => s.project?.counts);
  const width = usePanels((s) => s.left);
  const resize = usePanels((s) => s.resize);
  const [least, most] = PANEL_LIMITS.left;
  return (
    <>
      <nav className="facets gallery" aria-label={t('reports.gallery')} style={{ inlineSize: width }}>
        <div className="toolbar">
          <h2 className="h2">{t('reports.books')}</h2>
        </div>
        <div className="scroll grow">
          <ul className="gallery-books">
            {reports.map((report) => (
              <li key={report.id}>
                <Card
                  on={choice?.kind === 'report' && choice.id === report.id}
                  onChoose={() => set({ choice: { kind: 'report', id: report.id }, sheet: null })}
                  picture={<Book />}
                  title={language === 'zh' ? report.titleZh : report.titleEn}
                  about={language === 'zh' ? report.aboutZh : report.aboutEn}
                />
              </li>
            ))}
          </ul>
          <h2 className="cap gallery-cap">{t('reports.layers')}</h2>
          <ul className="gallery-layers">
            {LAYERS.map(({ layer, icon: Icon, counted }) => (
              <li key={layer}>
                <Card
                  on={choice?.kind === 'layer' && choice.layer === layer}
                  onChoose={() => set({ choice: { kind: 'layer', layer } })}
                  picture={<Icon size={16} stroke={1.5} aria-hidden />}
                  title={t(`values.layer.${layer}`)}
                  about={t(`reports.layerAbout.${layer}`)}
                  number={counts?.[counted]}
                />
              </li>
            ))}
          </ul>
        </div>
      </nav>
      <Splitter
        between="columns"
        label={t('frame.resize')}
        value={width}
        least={least}
        most={most}
        onMove={(pixels, start) => resize('left', start + pixels)}
      />
    </>
  );
}

interface CardProps {
  on: boolean;
  onChoose: () => void;
  picture: ReactNode;
  title: string;
  about: string;
  number?: number | undefined;
}

function Card({ on, onChoose, picture, title, about, number }: CardProps) {
  return (
    <button type="button" className={on ? 'gcard is-sel' : 'gcard'} aria-current={on || undefined} onClick={onChoose}>
      {picture}
      <span className="grow">
        <b className="row g2">
          {title}
          {number !== undefined && <em className="end">{count(number)}</em>}
        </b>
        <span className="xs t3">{about}</span>
      </span>
    </button>
  );
}

/** Sheets of a book, in lines. */
function Book() {
  return (
    <svg className="book" width="44" height="56" viewBox="0 0 44 56" aria-hidden="true">
      <path className="book-back" d="M8.5 4.5h31v43h-31z" />
      <path className="book-page" d="M4.5 8.5h31v43h-31z" />
      <path className="book-head" d="M8 14h17v3H8z" />
      <path className="book-line" d="M8 23.5h24M8 28.5h24M8 33.5h24M8 38.5h24M8 43.5h24M18 21v25M26 21v25" />
    </svg>
  );
}
