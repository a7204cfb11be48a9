import { Tooltip } from '@mantine/core';
import { useId, type ComponentProps, type ReactNode, type Ref } from 'react';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'title' | 'aria-label'> {
  /** Its name: tooltip and what assistive technology reads. */
  label: string;
  /** Keys that do the same, shown in the tooltip. */
  keys?: string;
  on?: boolean;
  /** Why it cannot be used now; then it does nothing but says so. */
  disabledBecause?: string | null;
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A bare 28 × 28 button with an icon; it always has a name, and when it cannot be used it says why. */
export function IconButton({
  label,
  keys,
  on,
  disabledBecause,
  children,
  className,
  onClick,
  ...rest
}: IconButtonProps) {
  const reasonId = useId();
  const off = disabledBecause !== undefined && disabledBecause !== null;
  const state = `${on === true ? ' is-on' : ''}${off ? ' is-off' : ''}${className === undefined ? '' : ` ${className}`}`;
  return (
    <Tooltip
      label={
        <>
          {label}
          {keys !== undefined && <span className="tip-key">{keys}</span>}
          {off && <span className="tip-why">{disabledBecause}</span>}
        </>
      }
    >
      <button
        type="button"
        className={`ibtn${state}`}
        aria-label={label}
        aria-disabled={off || undefined}
        aria-describedby={off ? reasonId : undefined}
        {...(on === undefined ? {} : { 'aria-pressed': on })}
        onClick={off ? undefined : onClick}
        {...rest}
      >
        {children}
        {off && (
          <span id={reasonId} hidden>
            {disabledBecause}
          </span>
        )}
      </button>
    </Tooltip>
  );
}
