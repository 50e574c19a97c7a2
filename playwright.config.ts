import { defineConfig } from '@playwright/test'

const report = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE

export default defineConfig({
  testDir: 'e2e',
  outputDir: '.cache/playwright',
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  workers: 2,
  // A second try where nobody watches; the run lists it as flaky. At home the first failure is the one to look at.
  retries: process.env.CI ? 1 : 0,
  timeout: 180_000,
  expect: {
    timeout: 10_000,
    // Nothing that a person would see: an icon that moved by a pixel, or has another colour, is more.
    toHaveScreenshot: { maxDiffPixelRatio: 0.00003, threshold: 0.08 },
  },
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    // Following a journey is a quarter of its work: in CI only a second try is followed.
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Text is drawn the same way whatever the screen and the system's taste in fonts.
        '--font-render-hinting=none',
        '--disable-lcd-text',
        '--force-color-profile=srgb',
      ],
    },
  },
})
