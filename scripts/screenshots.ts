import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { screens } from '../e2e/fixtures/screens/index.ts'
import { prepare, screenContext, screenSizes, screenThemes, settle } from '../e2e/fixtures/screens/screen.ts'
import { screenRuntime } from '../e2e/fixtures/screens/screen-runtime.ts'
import { seedScreens } from '../e2e/fixtures/seed-screens.ts'
import { buildStale } from './build.ts'
import { ensureChromium } from './chromium.ts'
import { cacheDir } from './paths.ts'

/** Pictures of every screen, for people to look at. */
const folder = join(cacheDir, 'screenshots')

async function shoot(browser: Browser, baseURL: string): Promise<void> {
  const asked = process.argv.slice(2)
  for (const size of screenSizes) {
    for (const colorScheme of screenThemes) {
      const context = await browser.newContext({ ...screenContext, ...size, baseURL, colorScheme })
      for (const { name, open } of screens) {
        if (asked.length > 0 && !asked.includes(name)) continue
        const page = await context.newPage()
        await prepare(page)
        await open(page)
        await settle(page)
        await page.waitForTimeout(600)
        await page.screenshot({ path: join(folder, `${name}-${size.viewport.width}-${colorScheme}.png`) })
        // What one screen remembers, the next one should not know.
        await page.evaluate(() => localStorage.clear())
        await page.close()
      }
      await context.close()
    }
  }
}

if (!(await buildStale())) process.exit(1)
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const runtime = await startRuntime(screenRuntime)
const browser = await chromium.launch({ executablePath: await ensureChromium() })
try {
  await seedScreens(runtime)
  await shoot(browser, runtime.url)
  console.log(`look at ${folder}`)
} finally {
  await browser.close()
  await runtime.stop()
}
