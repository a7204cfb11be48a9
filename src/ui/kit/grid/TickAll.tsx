interface TickAllProps {
  label: string;
  some: number;
  all: number;
  onChange: () => void;
}

/** Ticked when everything is, with a dash when something is. */
export function TickAll({ label, some, all, onChange }: TickAllProps) {
  return (
    <input
      type="checkbox"
      className="ck"
      tabIndex={-1}
      aria-label={label}
      checked={all > 0 && some >= all}
      ref={(box) => {
        if (box !== null) box.indeterminate = some > 0 && some < all;
      }}
      onChange={onChange}
    />
  );
}
