import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { ComponentDetail, UnitInfo } from '../../api/component.ts';
import { ROLES, type Role } from '../../model/component.ts';
import { useCellEdit } from '../app/cell-edit.ts';
import { useCommand } from '../app/engine.ts';
import { withPerson } from '../app/project.ts';
import { useSession } from '../app/stores/session.ts';
import { Button } from '../kit/Button.tsx';
import { IconButton } from '../kit/IconButton.tsx';
import { ClarityShape, type ClarityMark } from '../kit/Shapes.tsx';
import { UnitPicker } from '../kit/UnitPicker.tsx';
import { useWords } from '../words/index.ts';

type RoleOf = ComponentDetail['roles'][Role];

/** The four that answer for a component, each with its state, and what to do where it is not settled. */
export function Roles({ detail }: { detail: ComponentDetail }) {
  const { t } = useWords();
  const readOnly = useSession((s) => s.project?.readOnly != null);
  const commit = useCellEdit('component');
  const settled = ROLES.every((role) => detail.roles[role].id !== null && detail.roles[role].valid);
  const toConfirm = settled && detail.cells['confirmation'] === 'unconfirmed' && !readOnly;
  return (
    <section className="sect roles">
      <h3>{t('inspector.roles')}</h3>
      {ROLES.map((role) => (
        <RoleLine key={role} role={role} detail={detail} locked={readOnly} />
      ))}
      {toConfirm && (
        <div className="row g2 confirm">
          <Button small look="soft" onClick={() => commit(detail, 'confirmation', 'confirmed')}>
            {t('inspector.confirm')}
          </Button>
          <span className="xs t3">{t('inspector.confirmHint')}</span>
        </div>
      )}
    </section>
  );
}

function stateOf(role: RoleOf): ClarityMark {
  if (role.id !== null) return role.valid ? 'clear' : 'partial';
  return role.text === null ? 'unclear' : 'partial';
}

function RoleLine({ role, detail, locked }: { role: Role; detail: ComponentDetail; locked: boolean }) {
  const { t } = useWords();
  const [doing, setDoing] = useState<'choose' | 'alias' | null>(null);
  const commit = useCellEdit('component');
  const alias = useCommand('unit.addAlias');
  const now = detail.roles[role];
  const name = t(`values.role.${role}`);
  const stop = () => setDoing(null);
  const chosen = (unit: Pick<UnitInfo, 'id' | 'name'> | null) => {
    stop();
    if (doing === 'choose') commit(detail, `${role}_id`, unit?.id ?? null);
    else if (unit !== null && now.text !== null) {
      const text = now.text;
      withPerson(() => void alias.run({ unitId: unit.id, alias: text }));
    }
  };
  return (
    <div className="role">
      <span className="role-state">
        <ClarityShape clarity={stateOf(now)} />
      </span>
      <div className="grow">
        <div className="rn">{name}</div>
        {doing === null && <RoleValue now={now} />}
        {doing !== null && (
          <div className="role-pick field">
            <UnitPicker
              label={
                doing === 'alias'
                  ? t('inspector.role.aliasOf', { text: now.text })
                  : t('inspector.role.edit', { role: name })
              }
              begin={doing === 'choose' && now.id === null ? (now.text ?? '') : ''}
              {...(doing === 'choose' ? { blank: t('values.blank') } : {})}
              onDone={chosen}
              onCancel={stop}
            />
          </div>
        )}
        <RoleSentence now={now} doing={doing} />
        {now.id === null && doing === null && !locked && <RoleActs surveyed={now.text !== null} onDo={setDoing} />}
      </div>
      {!locked && (now.id !== null || now.text !== null) && (
        <IconButton label={t('inspector.role.edit', { role: name })} onClick={() => setDoing('choose')}>
          <IconPencil size={14} stroke={1.5} />
        </IconButton>
      )}
    </div>
  );
}

function RoleActs({ surveyed, onDo }: { surveyed: boolean; onDo: (what: 'choose' | 'alias') => void }) {
  const { t } = useWords();
  return (
    <div className="row role-acts">
      <button type="button" className="link xs" onClick={() => onDo('choose')}>
        {t('inspector.role.choose')}
      </button>
      {surveyed && (
        <button type="button" className="link xs" onClick={() => onDo('alias')}>
          {t('inspector.role.alias')}
        </button>
      )}
    </div>
  );
}

function RoleValue({ now }: { now: RoleOf }) {
  const { t } = useWords();
  const value = now.name ?? now.text;
  return <div className={value === null ? 'rv t3' : 'rv'}>{value ?? t('values.blank')}</div>;
}

function RoleSentence({ now, doing }: { now: RoleOf; doing: 'choose' | 'alias' | null }) {
  const { t } = useWords();
  if (doing === 'alias') return <div className="rm">{t('inspector.role.aliasOf', { text: now.text })}</div>;
  if (now.id === null) {
    return now.text === null ? null : <div className="rm sx-warning">{t('inspector.role.unregistered')}</div>;
  }
  if (!now.valid) return <div className="rm sx-warning">{t('inspector.role.ended')}</div>;
  const key = now.text === null ? 'registered' : now.text === now.name ? 'agrees' : 'differs';
  return <div className="rm">{t(`inspector.role.${key}`, { text: now.text })}</div>;
}
