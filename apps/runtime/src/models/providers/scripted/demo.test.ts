import { describe, expect, it } from 'vitest'
import { someChannels } from '../../../areas/channels/testing/some-channels.ts'
import { ownTools } from '../../../areas/introspection/testing/own-tools.ts'
import { ChangeFeed } from '../../../engine/feeds/change-feed.ts'
import { systemClock } from '../../../ground/clock.ts'
import { tempDatabase } from '../../../testing/temp-database.ts'
import { toolsFor } from '../../../tools/policy.ts'
import { anAgent, aToolCaller } from '../../../tools/testing/a-caller.ts'
import { callTool } from '../../../tools/testing/call-tool.ts'
import type { AssistantBlock, Message } from '../provider.ts'
import { fallback } from './demo/fallback.ts'
import { thingsToSay } from './demo/texts.ts'
import { demo } from './demo.ts'
import type { ScriptedTurn } from './turn.ts'

const MAX_TURNS = 8

describe('demo agent', () => {
  it('greets with reasoning and two calls at once, and says what it is and how to add a model', async () => {
    const { say } = await aConversation()
    const first = await say('Hello!')
    expect(first.turns[0]).toMatchObject({ thinking: expect.any(String), tool_calls: [{}, {}] })
    expect(first.text).toContain('script')
    expect(first.text).toContain('without a model')
    expect(first.text).toMatch(/ANTHROPIC_API_KEY.*OPENAI_API_KEY.*OLLAMA_BASE_URL/s)
    expect(first.text).toContain(`UTC on`)
    expect(first.text).toContain('your **1st** hello')
    expect((await say('hi')).text).toContain('your **2nd** hello')
  })

  it('keeps what it is told, fails once on the way, and recovers', async () => {
    const { say } = await aConversation()
    const answer = await say('Please remember that my cat is called | `Tofu`')
    expect(answer.results.map(({ is_error }) => is_error)).toEqual([false, false, true, false])
    expect(answer.turns[0]?.tool_calls).toHaveLength(2)
    expect(answer.text).toContain('I will remember `` my cat is called | `Tofu` ``')
    expect(answer.text).toContain('get: scope must be one of agent, user')
    const recalled = await say('what do you remember?')
    expect(recalled.text).toContain('`demo/notes/my-cat-is-called-tofu`')
    expect(recalled.text).toContain('my cat is called \\| `Tofu`')
    expect((await say('forget everything')).text).toContain('Gone: `demo/notes/my-cat-is-called-tofu`')
    expect((await say('what do you remember?')).text).toContain('Nothing about you yet')
    expect((await say('forget it')).text).toContain('nothing to forget')
  })

  it('looks around with three calls at once and tells what they said', async () => {
    const { say } = await aConversation()
    const answer = await say('What time is it?')
    expect(answer.turns[0]?.tool_calls).toHaveLength(3)
    expect(answer.text).toContain(`${new Date().toISOString().slice(0, 4)}`)
    expect(answer.text).toContain('| agent | `writer` |')
    expect(answer.text).toContain('- **Memory** —')
  })

  it('asks a question, and hands out work, when asked to', async () => {
    const saying = (text: string) => aRequest([{ role: 'user', content: [{ type: 'text', text }] }])
    expect((await demo(saying('ask me something'))).tool_calls).toMatchObject([
      { name: 'Interruption', input: { op: 'ask', options: expect.any(Array) } },
    ])
    expect((await demo(saying('send helpers'))).tool_calls).toMatchObject([
      {
        name: 'Agent',
        input: { op: 'parallel_spawn', spawns: [{ name: 'demo' }, { name: 'demo' }, { name: 'demo' }] },
      },
    ])
  })

  it('breaks off when asked to fail, and goes on with what is said next', async () => {
    const failed = await demo(aRequest([{ role: 'user', content: [{ type: 'text', text: 'fail' }] }]))
    expect(failed.error).toBeDefined()
    const together = {
      role: 'user' as const,
      content: ['fail', 'hello'].map((text) => ({ type: 'text' as const, text })),
    }
    expect((await demo(aRequest([together]))).error).toBeUndefined()
  })

  it('quotes what it does not understand as data, briefly', async () => {
    const { say } = await aConversation()
    const { text } = await say(`<script>alert(1)</script> ![x](http://y) \u0000\n# Big \`\`\` ${'zz '.repeat(500)}`)
    const [quote] = /````? ?<script>.*?…/.exec(text) ?? ['']
    expect(quote.length).toBeGreaterThan(40)
    expect(quote.length).toBeLessThan(100)
    expect(text).not.toMatch(/^# Big/m)
  })

  const suggestions = [...thingsToSay.matchAll(/^\| `(.+?)`/gm)].map(([, suggestion]) => suggestion!)
  const others = ['tell me a story', 'how do I add a model?', 'what can you do', 'help', 'thanks', 'who are you?', '']
  it.each([...suggestions, ...others.slice(0, -1)])('has a scene for "%s"', async (input) => {
    const { say } = await aConversation()
    if (input === 'fail') return
    const { text } = await say(input)
    expect(text.length).toBeGreaterThan(40)
    expect(text).not.toContain('my script has nothing for that')
  })

  it.each([...suggestions, ...others])('comes to an end without any tool: "%s"', async (input) => {
    const { say } = await aConversation({ tools: [], disableContext: true })
    const { turns } = await say(input)
    expect(turns.length).toBeLessThan(MAX_TURNS)
    expect(turns.at(-1)?.tool_calls ?? []).toEqual([])
  })

  it('has a line for everything', () => {
    expect(fallback.heard.test('')).toBe(true)
  })
})

/** The smallest loop there is: a turn, its calls, again, until a turn calls nothing. */
async function aConversation(agent: { tools?: string[]; disableContext?: boolean } = {}) {
  const db = await tempDatabase()
  const limits = { memoryMaxValueBytes: 1000, memoryMaxScopeBytes: 10_000 }
  const { ctx: channels } = await someChannels([])
  const all = ownTools({
    channels,
    sqlQuotaBytes: 1,
    interruption: { maxPendingPerRun: 1 },
    help: [],
    db,
    clock: systemClock,
    feed: new ChangeFeed(),
    limits,
    listAgents: async () => [],
  })
  const some = { agent: { tools: ['Memory'], ...agent }, startedAt: Date.now() }
  const tools = toolsFor(anAgent(some.agent), all)
  const caller = aToolCaller({ ...some, tools })
  const messages: Message[] = []

  const answerTo = async (name: string, input: unknown) => {
    const tool = tools.get(name)
    if (!tool) return { text: `there is no tool "${name}"`, is_error: true }
    return callTool(tool, input, caller)
      .then(({ text }) => ({ text, is_error: false }))
      .catch((error: Error) => ({ text: error.message, is_error: true }))
  }

  const say = async (text: string) => {
    messages.push({ role: 'user', content: [{ type: 'text', text }] })
    const turns: ScriptedTurn[] = []
    const results: { is_error: boolean }[] = []
    while (turns.length < MAX_TURNS) {
      const turn = await demo(aRequest(messages))
      turns.push(turn)
      const calls = (turn.tool_calls ?? []).map((call, index) => ({ ...call, id: `c${messages.length}_${index}` }))
      const content: AssistantBlock[] = calls.map((call) => ({ type: 'tool_use', ...call }))
      messages.push({
        role: 'assistant',
        content: [...(turn.text ? [{ type: 'text' as const, text: turn.text }] : []), ...content],
      })
      if (calls.length === 0) break
      const answers = await Promise.all(
        calls.map(async ({ id, name, input }) => ({
          type: 'tool_result' as const,
          tool_use_id: id,
          name,
          ...(await answerTo(name, input)),
        })),
      )
      results.push(...answers)
      messages.push({ role: 'user', content: answers })
    }
    return { turns, results, text: turns.at(-1)?.text ?? '' }
  }
  return { say }
}

function aRequest(messages: Message[]) {
  return { model: 'demo', agent: 'demo', runId: 'r_1', system: [], messages, tools: [] }
}
