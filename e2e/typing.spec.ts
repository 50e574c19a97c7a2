import type { Page } from '@playwright/test'
import { Chat } from './fixtures/chat.ts'
import { seedChats } from './fixtures/seed-chat.ts'
import { expect, test } from './fixtures/test.ts'

interface Fiber {
  flags: number
  child: Fiber | null
  sibling: Fiber | null
  alternate: Fiber | null
  stateNode: unknown
}

/** React tells its developer tools of every commit; here it tells us how much of the conversation it rendered. */
function countRenders(): void {
  const performedWork = 1
  const counted = { commits: 0, inConversation: 0 }
  const isConversation = ({ stateNode }: Fiber) =>
    stateNode instanceof Element && stateNode.getAttribute('aria-label') === 'Conversation'
  const visit = (fiber: Fiber | null, before: Fiber | null, inside: boolean): void => {
    // What was not touched is the very same fiber as before.
    if (fiber === before) return
    for (let at = fiber; at; at = at.sibling) {
      const here = inside || isConversation(at)
      if (here && at.alternate && at.flags & performedWork) counted.inConversation++
      visit(at.child, at.alternate?.child ?? null, here)
    }
  }
  Object.assign(window, {
    counted,
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberUnmount() {},
      onCommitFiberRoot(_: number, root: { current: Fiber }) {
        counted.commits++
        visit(root.current, root.current.alternate, false)
      },
    },
  })
}

const counted = (page: Page) =>
  page.evaluate(() => {
    const { counted } = window as unknown as { counted: { commits: number; inConversation: number } }
    const now = { ...counted }
    Object.assign(counted, { commits: 0, inConversation: 0 })
    return now
  })

test('typing renders the composer, and none of the messages', async ({ page, runtime }) => {
  const [seeded] = await seedChats(runtime.dataDir, [{ messages: 20, agent: 'demo', answer: (n) => `Answer **${n}**` }])
  await page.addInitScript(countRenders)
  const chat = new Chat(page)
  await chat.open(`/chat/${seeded?.sessionId}`)
  await expect(chat.conversation.getByText(seeded?.lastWords ?? '')).toBeVisible()
  expect((await counted(page)).inConversation).toBeGreaterThan(0)
  // The page may still be measuring what it has just drawn; a word typed after that touches no message.
  await expect(async () => {
    await chat.message.fill('')
    await counted(page)
    await chat.message.pressSequentially('a word')
    const typing = await counted(page)
    expect(typing.commits).toBeGreaterThan(0)
    expect(typing.inConversation).toBe(0)
  }).toPass()
  await expect(chat.message).toHaveValue('a word')

  await chat.message.press('Enter')
  await expect(chat.ownMessages.filter({ hasText: 'a word' })).toBeVisible()
  expect((await counted(page)).inConversation).toBeGreaterThan(0)
})
