import { type ThemeConfig, theme } from 'antd';

/** antd's tokens for the product's colours (base.css), light or dark; `calm` where nothing may move. */
export const look = (dark: boolean, calm: boolean): ThemeConfig => ({
  algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
  token: {
    colorPrimary: dark ? '#4aa5c4' : '#0b6380',
    colorLink: dark ? '#62b6d2' : '#0b6380',
    colorLinkHover: dark ? '#8acbe2' : '#084d63',
    colorLinkActive: dark ? '#62b6d2' : '#084d63',
    colorError: dark ? '#ff8a80' : '#b42318',
    colorSuccess: dark ? '#6fcf97' : '#17703c',
    colorWarning: dark ? '#f0b35a' : '#b26a00',
    colorBgLayout: dark ? '#10171b' : '#f4f6f7',
    colorBgContainer: dark ? '#182126' : '#ffffff',
    colorBgElevated: dark ? '#1f2a30' : '#ffffff',
    colorBorder: dark ? '#43525a' : '#c9d2d6',
    colorBorderSecondary: dark ? '#2b373d' : '#e4e9eb',
    colorTextSecondary: dark ? '#a3b2b9' : '#526269',
    colorTextTertiary: dark ? '#a3b2b9' : '#5f6f76',
    colorTextDescription: dark ? '#a3b2b9' : '#526269',
    colorTextPlaceholder: dark ? '#8b9aa1' : '#64737a',
    borderRadius: 8,
    borderRadiusSM: 4,
    fontFamily: 'var(--font)',
    fontSize: 14,
    // Told so, antd does not wait for the end of what does not move (base.css).
    motion: !calm,
    motionDurationMid: '0.15s',
    motionDurationSlow: '0.2s',
  },
  components: {
    // White on the dark theme's lighter accent would be too faint to read.
    Button: { primaryColor: dark ? '#06222d' : '#ffffff' },
  },
});

/** Adjoining Chinese characters of a button stay together. */
export const buttons = { autoInsertSpace: false };
