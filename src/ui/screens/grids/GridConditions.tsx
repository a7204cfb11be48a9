import { Popover, SegmentedControl, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useQueryOf } from '../../app/engine.ts';
import { Chip } from '../../kit/Chip.tsx';
import { useWords } from '../../words/index.ts';
import { useGridDesk, type Place } from './desk.ts';

/** Status, street and community as removable chips, and where to add them. */
export function GridConditions() {
  const { t } = useWords();
  const { status, street, community, set } = useGridDesk();
  const [open, setOpen] = useState(false);
  return (
    <div className="chips">
      {status !== null && (
        <Chip name={t('grids.status')} value={t(`values.status.${status}`)} onRemove={() => set({ status: null })} />
      )}
      {street !== null && (
        <Chip name={t('grids.street')} value={street.name} onRemove={() => set({ street: null, community: null })} />
      )}
      {community !== null && (
        <Chip name={t('grids.community')} value={community.name} onRemove={() => set({ community: null })} />
      )}
      <Popover opened={open} onChange={setOpen} position="bottom-start" width={280} trapFocus>
        <Popover.Target>
          <button
            type="button"
            className="btn is-bare is-sm is-inset"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <IconPlus size={14} stroke={1.5} aria-hidden />
            {t('grids.add')}
          </button>
        </Popover.Target>
        <Popover.Dropdown
          className="form grid-conditions"
          aria-label={t('grids.addTitle')}
          // Esc closes this and nothing behind it.
          onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
        >
          <StatusChoice />
          <PlaceChoices />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

function StatusChoice() {
  const { t } = useWords();
  const { status, set } = useGridDesk();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t('grids.status')}
      value={status ?? ''}
      onChange={(value) => set({ status: value === '' ? null : value })}
      data={[
        { value: 'active', label: t('values.status.active') },
        { value: 'retired', label: t('values.status.retired') },
        { value: '', label: t('grids.anyStatus') },
      ]}
    />
  );
}

/** A community belongs to a street: with a street chosen only its communities are offered. */
function PlaceChoices() {
  const { t } = useWords();
  const { street, community, set } = useGridDesk();
  const outline = useQueryOf('map.outline', {}).data;
  const streets: readonly Place[] = outline?.streets ?? [];
  const communities: readonly Place[] = (outline?.communities ?? []).filter(
    (one) => street === null || one.streetCode === street.code,
  );
  const find = (places: readonly Place[], code: string | null): Place | null => {
    const found = places.find((one) => one.code === code);
    return found === undefined ? null : { code: found.code, name: found.name };
  };
  return (
    <>
      <Select
        label={t('grids.street')}
        placeholder={t('grids.anyStreet')}
        searchable
        clearable
        comboboxProps={{ withinPortal: false }}
        data={options(streets)}
        value={street?.code ?? null}
        onChange={(code) => set({ street: find(streets, code), community: null })}
      />
      <Select
        label={t('grids.community')}
        placeholder={t('grids.anyCommunity')}
        searchable
        clearable
        limit={100}
        comboboxProps={{ withinPortal: false }}
        data={options(communities)}
        value={community?.code ?? null}
        onChange={(code) => set({ community: find(communities, code) })}
      />
    </>
  );
}

const options = (places: readonly Place[]) => places.map((one) => ({ value: one.code, label: one.name }));
