import { useQueryOf } from '../app/engine.ts';
import { useFilter } from '../app/stores/filter.ts';
import { useSession } from '../app/stores/session.ts';
import { ClarityBar } from '../kit/Bars.tsx';
import { ClarityShape } from '../kit/Shapes.tsx';
import { CLARITIES } from '../../model/component.ts';
import { mapCommands } from '../map/MapPane.tsx';
import { count, ratePercent, useWords } from '../words/index.ts';
import { Code } from './Code.tsx';
import { ZoomButton } from './ZoomButton.tsx';

/** A street or community: what stands in it and how much of it is clear. */
export function PlaceInspector({ layer, id }: { layer: 'street' | 'community'; id: number }) {
  const { t } = useWords();
  const { data: found } = useQueryOf('map.features', { layer, ids: [id] });
  const [place] = found ?? [];
  const column = layer === 'street' ? 'street_code' : 'community_code';
  const filter = place === undefined ? null : { filter: { op: '=' as const, column, value: place.code } };
  const { data: stats } = useQueryOf('stats.get', filter, { keep: true });
  const go = useSession((s) => s.go);
  if (place === undefined) return <div className="insp-wait" aria-busy="true" />;
  const name = place.name ?? place.code;
  const see = () => {
    useFilter.getState().replace([{ kind: 'values', column, values: [place.code], names: [name] }]);
    go('components');
  };
  return (
    <>
      <div className="insp-h">
        <div className="row g2 is-top">
          <div className="grow">
            <h2 className="title cut">{name}</h2>
            <Code code={place.code} />
          </div>
          <ZoomButton label={t('inspector.zoom')} onClick={() => mapCommands.zoomTo({ layer, ids: [id] })} />
        </div>
        <p className="sm t2 insp-state">{t(`values.layer.${layer}`)}</p>
      </div>
      {stats !== undefined && (
        <section className="sect">
          <dl className="figures">
            <div>
              <dt>{t('inspector.place.count')}</dt>
              <dd>{count(stats.components)}</dd>
            </div>
            <div>
              <dt>{t('inspector.place.rate')}</dt>
              <dd>
                {ratePercent(stats.clarityRate)} <em>%</em>
              </dd>
            </div>
          </dl>
          <ClarityBar parts={stats.byClarity} />
          <ul className="place-parts">
            {CLARITIES.map((one) => (
              <li key={one}>
                <ClarityShape clarity={one} />
                <span className="grow">{t(`values.clarity.${one}`)}</span>
                <span>{count(stats.byClarity[one])}</span>
              </li>
            ))}
          </ul>
          <button type="button" className="link sm" onClick={see}>
            {t('inspector.place.components')}
          </button>
        </section>
      )}
    </>
  );
}
