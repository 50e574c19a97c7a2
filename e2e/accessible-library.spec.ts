import { expectAccessible } from './fixtures/accessible.ts'
import { prepare, screenContext, screens, settle } from './fixtures/screens.ts'
import { test } from './fixtures/seeded-test.ts'

/** Screens of what there is to work with, and of how a conversation shows it. */
const looked = screens.filter(({ name }) =>
  /^(?:agents?|skills?|volumes?|files?|models|usage)(?:-|$)|^(?:tuning|mentions)$/.test(name),
)

/** Colours go by the theme, and what there is by the width. */
for (const { colorScheme, width } of [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 390 },
] as const) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ ...screenContext, colorScheme, viewport: { width, height: 900 } })
    test.describe.configure({ timeout: 240_000 })

    test('agents, skills, volumes, models, usage and what tools show have no accessibility violation', async ({
      page,
    }) => {
      await prepare(page)
      for (const { name, open } of looked) {
        await test.step(name, async () => {
          await open(page)
          await settle(page)
          await expectAccessible(page, name)
        })
        // What one screen remembers, the next one should not know.
        await page.evaluate(() => localStorage.clear())
        await page.unrouteAll()
      }
    })
  })
}
