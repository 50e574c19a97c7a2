import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { screens } from './fixtures/screens/index.ts'
import { prepare, type Screen, screenContext, screenSizes, screenThemes, settle } from './fixtures/screens/screen.ts'
import { expect, test } from './fixtures/seeded-test.ts'

/** Beside the pictures: another version of the browser, or another system, draws text a little differently. */
const takenWithFile = join(import.meta.dirname, 'pictures/taken-with.json')

// The pictures say what is wrong.
test.use({ trace: 'off' })

for (const size of screenSizes) {
  for (const colorScheme of screenThemes) {
    const { width } = size.viewport
    const isCompared = ({ compared }: Screen) => compared === 'always' || (compared === 'narrow' && width < 1000)
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ ...screenContext, ...size, colorScheme })

      test('every screen looks as it did', async ({ page, browser }, testInfo) => {
        const here = `Chromium ${Number.parseInt(browser.version(), 10)} on ${process.platform}`
        if (['all', 'changed'].includes(testInfo.config.updateSnapshots)) {
          mkdirSync(dirname(takenWithFile), { recursive: true })
          writeFileSync(takenWithFile, `${JSON.stringify(here)}\n`)
        }
        const takenWith = JSON.parse(readFileSync(takenWithFile, 'utf8'))
        test.skip(here !== takenWith, `The pictures were taken with ${takenWith}; ${here} draws text differently.`)

        await prepare(page)
        for (const { name, open, varying } of screens.filter(isCompared)) {
          await test.step(name, async () => {
            await open(page)
            await settle(page)
            await page.mouse.move(0, 0)
            await expect.soft(page).toHaveScreenshot(`${name}-${width}-${colorScheme}.png`, {
              mask: varying ? [varying(page)] : [],
            })
          })
          // What one screen remembers, the next one should not know.
          await page.evaluate(() => localStorage.clear())
          await page.unrouteAll()
        }
      })

      if (colorScheme === 'light') {
        test('every other screen opens', async ({ page }) => {
          await prepare(page)
          for (const { name, open } of screens.filter((screen) => !isCompared(screen))) {
            await test.step(name, () => open(page))
            await page.evaluate(() => localStorage.clear())
            await page.unrouteAll()
          }
        })
      }
    })
  }
}
