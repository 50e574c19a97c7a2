import { ollamaText, startFakeUpstream } from '../apps/runtime/src/testing/fake-upstream.ts'
import { Chat } from './fixtures/chat.ts'
import { startRuntime } from './fixtures/runtime-process.ts'
import { test as base, expect } from './fixtures/test.ts'

/** Where an Ollama will be, and is not yet. */
interface Place {
  url: string
  start(models: string[]): ReturnType<typeof startFakeUpstream>
}

const test = base.extend<{ place: Place }>({
  place: async ({ browserName: _ }, use) => {
    const taken = await startFakeUpstream()
    const { url } = taken
    await taken.close()
    await use({ url, start: (models) => startFakeUpstream({ port: Number(new URL(url).port), models }) })
  },

  runtime: async ({ place }, use, testInfo) => {
    const env = { LOOMCYCLE_NO_DEFAULT_PROVIDERS: '0', LOOMCYCLE_DETECT_OLLAMA_URL: place.url }
    const runtime = await startRuntime({ env })
    await use(runtime)
    await testInfo.attach('runtime output', { body: runtime.output(), contentType: 'text/plain' })
    await runtime.stop()
  },
})

test('nothing is set up; an Ollama is started, the page notices, and one talks with it', async ({ page, place }) => {
  const chat = new Chat(page)
  await chat.open()
  const steps = page.getByRole('region', { name: 'How to add a model' })
  await expect(steps.getByText(`No Ollama answers at ${place.url}.`)).toBeVisible()

  const ollama = await place.start(['qwen3:4b'])
  ollama.enqueue(ollamaText('Here I am, on this machine.'))
  await expect(steps).toBeHidden()
  await chat.say('hello')
  await expect(chat.conversation.getByText('Here I am, on this machine.')).toBeVisible()
  await chat.expectPhase('Your turn')

  await page.goto('/models')
  const service = page.getByRole('region', { name: 'ollama-local' })
  await expect(service.getByText('Answers', { exact: true })).toBeVisible()
  await expect(service.getByText('Found on this machine')).toBeVisible()
  await expect(service.getByRole('listitem').filter({ hasText: 'qwen3:4b' })).toContainText('assistant')
  await ollama.close()
  await expect(service.getByText('Does not answer')).toBeVisible({ timeout: 15_000 })
})
