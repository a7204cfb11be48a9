import { Fragment, useState } from 'react';
import type { Finding } from '../../../model/finding.ts';
import { useCommand, useEngine } from '../../app/engine.ts';
import { withPerson } from '../../app/project.ts';
import { useFilter } from '../../app/stores/filter.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { useSession } from '../../app/stores/session.ts';
import { Button } from '../../kit/Button.tsx';
import { isoDate } from '../../kit/half-width.ts';
import { mapCommands } from '../../map/MapPane.tsx';
import { useWords, type Translate } from '../../words/index.ts';
import { useChosen } from './chosen.ts';

type Way = 'keepFirst' | 'keepSecond' | 'open' | 'excuse' | 'reopen' | 'verify';

/** What can be done about a finding in its phase; the likeliest first. */
function waysOf(finding: Finding): Way[] {
  if (finding.phase === 'excused') return ['reopen'];
  if (finding.phase === 'fixed') return ['verify', 'open'];
  if (finding.phase === 'verified') return ['open'];
  const pair = finding.rule === 'near-duplicate' && finding.features.length === 2;
  return pair ? ['keepFirst', 'keepSecond', 'excuse', 'open'] : ['open', 'excuse'];
}

/** What the person is about to do with the shown finding, or with all that are chosen. */
export interface Intent {
  finding: Finding;
  ways: readonly Way[];
  way: Way;
  reason: string;
  until: string;
  many: number;
  set: (part: Partial<Pick<Intent, 'way' | 'reason' | 'until'>>) => void;
  perform: () => void;
  busy: boolean;
  /** Why it cannot be done yet. */
  because: string | null;
}

export function useIntent(finding: Finding): Intent {
  const { t } = useWords();
  const ways = waysOf(finding);
  const [told, setTold] = useState({ way: ways[0] ?? 'open', reason: '', until: '' });
  const chosen = useChosen((s) => s.findings);
  const ids = chosen.length > 1 ? chosen.map((one) => one.id) : [finding.id];
  const { act, busy } = useAct(finding, ids);
  const readOnly = useSession((s) => s.project?.readOnly != null);
  const { way, reason, until } = told;
  const day = until.trim() === '' ? null : isoDate(until);
  const because = () => {
    if (readOnly && way !== 'open') return t('frame.readOnly');
    if (way !== 'excuse') return null;
    if (reason.trim() === '') return t('checks.noReason');
    return until.trim() !== '' && day === null ? t('components.badDate') : null;
  };
  return {
    finding,
    ways,
    ...told,
    many: ids.length,
    set: (part) => setTold((now) => ({ ...now, ...part })),
    perform: () => act(way, reason.trim(), day),
    busy,
    because: because(),
  };
}

/** The ways out as one choice, each with its consequence in words. */
export function WaysOut({ intent }: { intent: Intent }) {
  const { t } = useWords();
  const { finding, ways, way, many, set } = intent;
  return (
    <section className="sect">
      <h3>{t('checks.ways')}</h3>
      <div role="radiogroup" aria-label={t('checks.ways')} className="chk-ways">
        {ways.map((one) => {
          const words = wayWords(one, finding, many, t);
          return (
            <Fragment key={one}>
              <label className={one === way ? 'chk-way is-on' : 'chk-way'}>
                <input
                  type="radio"
                  className="rad"
                  name="way"
                  checked={one === way}
                  onChange={() => set({ way: one })}
                />
                <span>
                  {words.what}
                  <span className="xs t3">{words.about}</span>
                </span>
              </label>
              {one === 'excuse' && way === 'excuse' && <Excuse intent={intent} />}
            </Fragment>
          );
        })}
      </div>
    </section>
  );
}

function Excuse({ intent }: { intent: Intent }) {
  const { t } = useWords();
  return (
    <div className="row g2 chk-excuse">
      <div className="field grow">
        <input
          aria-label={t('checks.reason')}
          placeholder={t('checks.reasonHint')}
          value={intent.reason}
          maxLength={1000}
          onChange={(event) => intent.set({ reason: event.currentTarget.value })}
        />
      </div>
      <div className="field chk-until">
        <input
          aria-label={t('checks.until')}
          placeholder={t('checks.until')}
          value={intent.until}
          maxLength={10}
          onChange={(event) => intent.set({ until: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}

/** Does what is chosen; it says what. */
export function Perform({ intent }: { intent: Intent }) {
  const { t } = useWords();
  return (
    <Button look="main" busy={intent.busy} disabledBecause={intent.because} onClick={intent.perform}>
      {t(`checks.go.${intent.way}`)}
    </Button>
  );
}

function wayWords(way: Way, finding: Finding, many: number, t: Translate): { what: string; about: string } {
  if (way === 'open') {
    const layer = finding.features[0]?.layer;
    const where = layer === 'component' || layer === 'unit_grid' ? layer : 'other';
    return { what: t(`checks.open.${where}`), about: t(`checks.open.${where}About`) };
  }
  if (way === 'excuse')
    return {
      what: many > 1 ? t('checks.excuseMany', { count: many }) : t('checks.excuse'),
      about: t('checks.excuseAbout'),
    };
  if (way === 'verify')
    return {
      what: many > 1 ? t('checks.verifyMany', { count: many }) : t('checks.verify'),
      about: t('checks.verifyAbout'),
    };
  return { what: t(`checks.${way}`), about: t(`checks.${way}About`) };
}

function useAct(
  finding: Finding,
  ids: number[],
): { act: (way: Way, reason: string, until: string | null) => void; busy: boolean } {
  const engine = useEngine();
  const excuse = useCommand('finding.excuse');
  const reopen = useCommand('finding.reopen');
  const verify = useCommand('finding.verify');
  const retire = useCommand('component.retire');
  const refresh = () => {
    for (const method of ['check.rules', 'finding.list', 'finding.get', 'overview.get'])
      void engine.queries.invalidateQueries({ queryKey: [method] });
  };
  const act = (way: Way, reason: string, until: string | null) => {
    if (way === 'open') return open(finding);
    const [first, second] = finding.features;
    const retired = way === 'keepFirst' ? second : first;
    return withPerson(() => {
      const done =
        way === 'excuse'
          ? excuse.run({ ids, reason, until })
          : way === 'reopen'
            ? reopen.run({ ids })
            : way === 'verify'
              ? verify.run({ ids })
              : retired === undefined
                ? Promise.resolve(null)
                : retire.run({ ids: [retired.id] });
      void done.then(refresh);
    });
  };
  return { act, busy: excuse.busy || reopen.busy || verify.busy || retire.busy };
}

/** The door to where it is put right: the feature chosen there, and nothing filtered away from it. */
function open(finding: Finding): void {
  const layer = finding.features[0]?.layer ?? 'component';
  const ids = finding.features.filter((one) => one.layer === layer).map((one) => one.id);
  if (layer === 'component') useFilter.getState().replace([{ kind: 'ids', ids }]);
  useSelection.getState().select(layer, ids, { zoom: true });
  if (layer === 'component') useSession.getState().go('components');
  else if (layer === 'unit_grid') useSession.getState().go('grids');
  else if (finding.at !== null) mapCommands.zoomTo([...finding.at, ...finding.at]);
}
