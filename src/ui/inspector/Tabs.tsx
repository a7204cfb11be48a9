import { useId, type KeyboardEvent, type ReactNode } from 'react';

interface Tab {
  id: string;
  title: string;
  count?: number;
}

/** Tabs over one panel; arrows move between them. */
export function Tabs({
  tabs,
  on,
  onChange,
  children,
}: {
  tabs: readonly Tab[];
  on: string;
  onChange: (id: string) => void;
  children: ReactNode;
}) {
  const base = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = tabs.findIndex((tab) => tab.id === on);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChange(next.id);
    document.getElementById(`${base}${next.id}`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" tabIndex={-1} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`${base}${tab.id}`}
            type="button"
            role="tab"
            aria-selected={tab.id === on}
            aria-controls={`${base}panel`}
            tabIndex={tab.id === on ? 0 : -1}
            onClick={() => onChange(tab.id)}
          >
            {tab.title} {tab.count !== undefined && <i>{tab.count}</i>}
          </button>
        ))}
      </div>
      {/* A scrolling panel must be reachable by keyboard. */}
      <div
        className="scroll grow is-inset"
        role="tabpanel"
        id={`${base}panel`}
        aria-labelledby={`${base}${on}`}
        tabIndex={0}
      >
        {children}
      </div>
    </>
  );
}
