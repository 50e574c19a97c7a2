import { expectAccessible } from './fixtures/accessible.ts'
import { looks } from './fixtures/looks.ts'
import { screens } from './fixtures/screens/index.ts'
import { prepare, screenContext, settle } from './fixtures/screens/screen.ts'
import { test } from './fixtures/seeded-test.ts'

/** Screens of what there is to work with, and of how a conversation shows it. */
const looked = screens.filter(({ name }) =>
  /^(?:agents?|skills?|volumes?|files?)(?:-|$)|^(?:tuning|mentions)$/.test(name),
)

/** What these are made of has been looked at in the other theme above; once is enough. */
const lookedOnce = screens.filter(({ name }) => /^(?:models|models-none|usage|usage-limits)$/.test(name))

for (const { colorScheme, width } of looks) {
  const all = colorScheme === 'dark' ? [...looked, ...lookedOnce] : looked
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ ...screenContext, colorScheme, viewport: { width, height: 900 } })
    test.describe.configure({ timeout: 240_000 })

    test('agents, skills, volumes, models, usage and what tools show have no accessibility violation', async ({
      page,
    }) => {
      await prepare(page)
      for (const { name, open } of all) {
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
