import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Every shade is the one accent: tokens decide light and dark, not a ramp. */
const ink: MantineColorsTuple = [
  'var(--accent-soft)',
  'var(--accent-soft)',
  'var(--accent-line)',
  'var(--accent-line)',
  'var(--accent-text)',
  'var(--accent-text)',
  'var(--accent-fill)',
  'var(--accent-fill-hover)',
  'var(--accent-fill-press)',
  'var(--accent-fill-press)',
];

/** Mantine for what floats (menus, popovers, tooltips, selects, modals), dressed in the tokens. */
export const mantineTheme = createTheme({
  colors: { ink },
  primaryColor: 'ink',
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-code)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '18px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '24px' },
  radius: { xs: '3px', sm: '5px', md: '5px', lg: '8px', xl: '8px' },
  defaultRadius: 'sm',
  shadows: { xs: 'none', sm: 'none', md: 'var(--shadow-2)', lg: 'var(--shadow-3)', xl: 'var(--shadow-3)' },
  respectReducedMotion: true,
  components: {
    Menu: { defaultProps: { shadow: 'md', radius: 'lg', offset: 4, transitionProps: { duration: 90 } } },
    Popover: { defaultProps: { shadow: 'md', radius: 'lg', offset: 4, transitionProps: { duration: 90 } } },
    Tooltip: { defaultProps: { openDelay: 400, offset: 6, transitionProps: { duration: 90 } } },
    Select: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'md', offset: 2 } } },
    TextInput: { defaultProps: { size: 'xs' } },
    // A dialog's head is no banner of the page.
    Modal: {
      defaultProps: {
        attributes: { header: { role: 'none' } },
        centered: true,
        radius: 'lg',
        shadow: 'lg',
        transitionProps: { duration: 120 },
      },
    },
  },
});

const variables = {
  '--mantine-color-body': 'var(--bg-surface)',
  '--mantine-color-text': 'var(--text-main)',
  '--mantine-color-dimmed': 'var(--text-third)',
  '--mantine-color-placeholder': 'var(--text-third)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-default': 'var(--bg-raised)',
  '--mantine-color-default-hover': 'var(--bg-hover)',
  '--mantine-color-default-color': 'var(--text-main)',
  '--mantine-color-default-border': 'var(--line-soft)',
  '--mantine-color-disabled': 'var(--bg-disabled)',
  '--mantine-color-disabled-color': 'var(--text-disabled)',
  '--mantine-color-error': 'var(--severity-error-text)',
};
export const mantineVariables: CSSVariablesResolver = () => ({ variables: {}, light: variables, dark: variables });
