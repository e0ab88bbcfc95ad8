import { defineConfig } from '@playwright/test';

// The system's Chromium: nothing is downloaded. WUYE_URL names a running server; without it
// global.ts starts one with demo data.
export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results/out',
  globalSetup: './tests/browser/global.ts',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    locale: 'zh-CN',
    // What cannot be done says why long before the whole test is given up.
    actionTimeout: 20_000,
    timezoneId: 'Asia/Shanghai',
    // Windows that fly in take a click for a miss on a busy machine; people may ask for calm too.
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'on-first-retry',
    launchOptions: {
      // Chromium does not start by another clock: its pages are told the day (README).
      ...(process.env.FAKETIME ? { env: { ...process.env, LD_PRELOAD: '' } } : {}),
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desk', use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      // What people do on phones; with WUYE_TEST_LONG every screen.
      testMatch: process.env.WUYE_TEST_LONG ? /\.spec\.ts$/ : /(foundation|main-job)\.spec\.ts/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true },
    },
  ],
});
