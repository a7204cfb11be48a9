import { useMediaQuery } from '@mantine/hooks';
import { MapSlot } from '../../app/MapSlot.tsx';
import { useQueryOf } from '../../app/engine.ts';
import { useSession } from '../../app/stores/session.ts';
import { Button } from '../../kit/Button.tsx';
import { EmptyState, ErrorNote } from '../../kit/notes.tsx';
import { useWords } from '../../words/index.ts';
import { Breakdown } from './Breakdown.tsx';
import { Head } from './Head.tsx';
import { Ranking } from './Ranking.tsx';
import { ShadeLegend, ShadeSwitch, useStreetShade } from './StreetShade.tsx';
import { Todo } from './Todo.tsx';

/** The district at a glance: the rate and its parts, streets on the map and ranked, what is to be done today. */
export function OverviewScreen() {
  const { t } = useWords();
  const overview = useQueryOf('overview.get', {}, { keep: true });
  const low = useMediaQuery('(max-height: 800px)', false, { getInitialValueInEffect: false });
  const shade = useStreetShade(overview.data);
  const go = useSession((s) => s.go);
  const data = overview.data;
  if (data === undefined) {
    return overview.error === null ? (
      <MapSlot />
    ) : (
      <ErrorNote error={overview.error} onRetry={() => void overview.refetch()} />
    );
  }
  if (data.byStreet.components === 0 && data.byStreet.grids === 0 && data.byStreet.streets === 0) {
    return (
      <EmptyState title={t('overview.empty')} about={t('overview.emptyAbout')}>
        <Button look="main" onClick={() => go('import')}>
          {t('overview.bring')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <div className="col grow overview">
      <Head overview={data} />
      <div className="row grow is-stretch">
        <div className="col grow ov-left">
          <div className="ov-map grow">
            <MapSlot />
            <ShadeSwitch shade={shade} />
            <ShadeLegend shade={shade} />
          </div>
          {!low && <Breakdown overview={data} />}
        </div>
        <Ranking overview={data} />
        <Todo overview={data} />
      </div>
    </div>
  );
}
