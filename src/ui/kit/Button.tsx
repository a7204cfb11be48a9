import { Loader, Tooltip } from '@mantine/core';
import { useId, type ComponentProps } from 'react';

interface ButtonProps extends ComponentProps<'button'> {
  look?: 'plain' | 'main' | 'soft' | 'bare';
  small?: boolean;
  busy?: boolean;
  /** Why it cannot be used now; then it does nothing but says so. */
  disabledBecause?: string | null;
}

export function Button({
  look = 'plain',
  small,
  busy,
  disabledBecause,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const off = disabledBecause !== undefined && disabledBecause !== null;
  const looks = [
    'btn',
    look === 'plain' ? '' : `is-${look}`,
    small === true ? 'is-sm' : '',
    off ? 'is-off' : '',
    className ?? '',
  ];
  return (
    <Tooltip label={disabledBecause ?? ''} disabled={!off}>
      <button
        type="button"
        className={looks.filter((one) => one !== '').join(' ')}
        aria-disabled={off || undefined}
        aria-busy={busy || undefined}
        aria-describedby={off ? reasonId : undefined}
        onClick={off || busy === true ? undefined : onClick}
        {...rest}
      >
        {busy === true && <Loader size={14} color="currentColor" />}
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
