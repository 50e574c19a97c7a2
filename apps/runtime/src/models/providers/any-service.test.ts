import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answeringWith, type Outcome, outcomeOf, readAnswer } from './testing/answers.ts'
import { aRequest, aTool, collect } from './testing/requests.ts'

const time = (id: string) => ({ id, name: 'Context', input: { op: 'time' } })
const says = (text: string, stop = 'end_turn'): Outcome => ({ text, stop })
const thinks = (thinking: string, text: string, stop = 'end_turn'): Outcome => ({ thinking, text, stop })
const asks = (...ids: string[]): Outcome => ({ calls: ids.map(time), stop: 'tool_use' })
const fails = (error: string, failureClass = 'retryable'): Outcome => ({ error, failureClass })

const lost = 'the service says that its model calls a tool, and not which'

/** What services have been seen to answer, and what each means. */
const OPENAI: Record<string, Outcome> = {
  'content-array.sse': thinks('Let me add the numbers.', 'The sum is 12.'),
  'content-array-text.sse': says('Hello from a list.'),
  'content-parts.sse': says('One two three four.'),
  'picture-in-delta.sse': says('Here it is:\n\n[The model sent a picture, which is not kept.]\n\n'),
  'picture-in-content.sse': says(
    'Here it is:\n\n[The model sent a picture, which is not kept: https://pictures.test/ferry.png]\n\n',
  ),
  'whole-json.json': says('Answered without streaming.'),
  'whole-json.sse': says('Plain JSON under an SSE type.'),
  'whole-json-call.json': asks('a1'),
  'whole-message-in-stream.sse': says('All at once.'),
  'message-after-deltas.sse': says('Said once.'),
  'lines-of-json.jsonl': says('Lines of JSON.'),
  'cut-at-limit.sse': says('Cut at the lim', 'max_tokens'),
  'filtered.sse': says('Something ', 'content_filter'),

  'think.sse': thinks('The user greets me; I greet back.', 'Hello **there**.'),
  'think-split.sse': thinks('The plan.', 'Done.'),
  'think-unclosed.sse': { thinking: 'Still thinking about it', stop: 'max_tokens' },
  'think-without-opening.sse': thinks('The user greets me.\nI greet back.', 'Hello.'),
  'think-empty.sse': says('Hello.'),
  'think-twice.sse': thinks('One.Two.', 'Hello.'),
  'think-then-call.sse': { thinking: 'Which time?', calls: [time('a1')], stop: 'tool_use' },
  'think-explained.sse': says('Models write `<think>` and `</think>`:\n\n```\n<think>\n</think>\n```\n\nThat is all.'),
  'think-in-brackets.sse': thinks('Plan it.', 'Done.'),
  'reasoning-only.sse': { thinking: 'all of the answer landed in reasoning: 42', stop: 'end_turn' },

  'empty-data.sse': says('Hi.'),
  'pings.sse': says('Hi.'),
  'crlf.sse': says('Hi.'),
  'cr.sse': says('Hi.'),
  'bom.sse': says('Hi.'),
  'no-space.sse': says('Hi.'),
  'no-done.sse': says('Hi.'),
  'no-finish-reason.sse': says('Hi.'),
  'no-last-newline.sse': says('Hi.'),
  'split-over-data-lines.sse': says('Hi.'),

  'function-call.sse': asks(''),
  'call-id-changes.sse': asks('a1'),
  'call-id-changes-name-repeats.sse': asks('a1'),
  'call-arguments-cumulative.sse': asks('a1'),
  'call-arguments-whole-at-end.sse': asks('a1'),
  'call-arguments-object.sse': asks('a1'),
  'call-arguments-begin-empty.sse': asks('a1'),
  'call-arguments-quoted.sse': asks('a1'),
  'tool-args-repeated-at-end.sse': asks('a1'),
  'calls-without-index.sse': asks('a1', 'a2'),
  'call-without-index-in-pieces.sse': asks('a1'),
  'call-index-is-text.sse': asks('a1'),
  'call-nameless-entry-first.sse': asks('a1'),
  'calls-same-index-in-pieces.sse': asks('a1', 'a2'),
  'call-repeated-without-arguments.sse': asks('a1'),
  'calls-interleaved.sse': asks('a1', 'a2'),
  'call-lost.sse': fails(`openai: ${lost}`),
  'call-lost-after-words.sse': says('I will look.'),
  'tool-then-empty-second.sse': asks('a1'),
  'tool-call-cut.sse': { stop: 'max_tokens' },

  'error-object.sse': fails('openai 500: The engine stopped (server_error)'),
  'error-text.sse': fails('openai: out of memory'),
  'error-event.sse': fails('openai 500: Model unloaded'),
  'error-event-words.sse': fails('openai: upstream connect error'),
  'error-detail.sse': fails('openai 401: Not authenticated', 'permanent'),
  'error-message-only.sse': fails('openai 503: The model is loading'),
  'error-nested.sse': fails('openai 400: The prompt is too long', 'permanent'),
  'error-of-a-gateway.sse': fails('openai 502: Provider returned error: Upstream overloaded'),
  'error-list.json': fails('openai 429: Quota exceeded (RESOURCE_EXHAUSTED)'),
  'error-detail-list.json': fails('openai: body.messages: Field required (missing)'),
  'error-message.json': fails('openai: no Route matched with those values'),
  'error-page.html': fails(
    'openai: expected an event stream, got text/html: Sign in Sign in to the network',
    'permanent',
  ),
  'error-words.txt': fails(
    'openai: expected an event stream, got text/plain: Rate limit of the proxy reached',
    'permanent',
  ),
  'error-number.sse': fails('openai 503: {"code":503}'),
  'gave-up.sse': fails('openai: the service gave up: error'),
  'nothing.sse': fails('openai: the model answered with nothing'),
}

const ANTHROPIC: Record<string, Outcome> = {
  'thinking-tag.sse': thinks('Plan it.', 'Done.'),
  'think-without-opening.sse': thinks('I greet back.\n', 'Hello.'),
  'refusal.sse': says('I ca', 'refusal'),
  'no-message-stop.sse': says('Whole answer.'),
  'done-word.sse': says('Hi.'),
  'pings.sse': says('Hi.'),
  'missing-index.sse': { text: 'The time, then.', calls: [time('t1')], stop: 'tool_use' },
  'same-index.sse': { text: 'The time.', calls: [time('t1')], stop: 'tool_use' },
  'arguments-object.sse': asks('t1'),
  'nameless-call.sse': says('Hi.'),
  'call-lost.sse': fails(`anthropic: ${lost}`),
  'whole-json.json': { text: 'Answered without streaming.', calls: [time('t1')], stop: 'tool_use' },
  'cut-at-limit.sse': says('Cut at the lim', 'max_tokens'),
  'call-cut.sse': { stop: 'max_tokens' },
  'error-overloaded.sse': fails('anthropic 529: Overloaded (overloaded_error)'),
  'error-text.sse': fails('anthropic: no such model'),
  'error-detail.json': fails('anthropic 401: Not authenticated', 'permanent'),
  'error-nested.sse': fails('anthropic 500: The upstream is down (api_error)'),
  'nothing.sse': fails('anthropic: the model answered with nothing'),
}

const outOfMemory =
  'use a smaller model, or a smaller window by LOOMCYCLE_OLLAMA_LOCAL_NUM_CTX, or let go of what else is loaded'

/** Offered is the tool Context. */
const OLLAMA: Record<string, Outcome> = {
  'spoken.jsonl': says('Hello.'),
  'crlf.jsonl': says('Hi.'),
  'empty-lines.jsonl': says('Hi.'),
  'no-last-newline.jsonl': says('Hi.'),
  'as-events.sse': says('Hi.'),
  'not-streamed.json': says('All at once.'),
  'list.json': says('Hi.'),
  'length.jsonl': says('Cut at the lim', 'max_tokens'),
  'odd-reason.jsonl': says('Hi.', 'constructor'),
  'cached.jsonl': says('Hi.'),

  'thinking.jsonl': thinks('Hm.', 'Yes.'),
  'think-tags.jsonl': thinks('Hm.', 'Yes.'),
  'think-without-opening.jsonl': thinks('Hm.', 'Yes.'),

  'call.jsonl': asks(''),
  'call-with-id.jsonl': asks('call_x1'),
  'calls-same.jsonl': asks('', ''),
  'calls-same-id.jsonl': asks('call_x1', ''),
  'call-arguments-quoted.jsonl': asks(''),
  'call-null-arguments.jsonl': { calls: [{ id: '', name: 'Context', input: {} }], stop: 'tool_use' },
  'call-in-last-frame.jsonl': asks(''),
  'call-nameless.jsonl': says('Hi.'),
  'call-cut.jsonl': { stop: 'max_tokens' },

  'written-object.jsonl': asks(''),
  'written-array.jsonl': asks('', ''),
  'written-fenced.jsonl': asks(''),
  'written-named.jsonl': asks(''),
  'written-tagged.jsonl': asks(''),
  'written-after-thinking.jsonl': { thinking: 'Hm.', calls: [time('')], stop: 'tool_use' },
  'written-unknown.jsonl': says('{"name":"Nobody","arguments":{}}'),
  'written-in-prose.jsonl': says('You call it so:\n\n{"name":"Context","arguments":{"op":"time"}}'),
  'written-cut.jsonl': says('{"name":"Context","arguments":{"op":"ti', 'max_tokens'),

  'loaded-only.jsonl': fails('ollama-local: the model was loaded, and not asked'),
  'nothing.jsonl': fails('ollama-local: the model answered with nothing'),
  'no-done.jsonl': fails('ollama-local: stream ended early'),
  'error-in-stream.jsonl': fails('ollama-local: an error was encountered while running the model: CUDA error'),
  'error-with-status.jsonl': fails('ollama-local 400: the input length exceeds the context length', 'permanent'),
  'error-parsing-call.jsonl': fails(
    'ollama-local: error parsing tool call: raw=\'{"op":"ti\', err=unexpected end of JSON input',
  ),
  'error-first.json': fails(
    `ollama-local: model runner has unexpectedly stopped, this may be due to resource limitations or an internal error, check ollama server logs for details — ${outOfMemory}`,
  ),
  'page.html': fails('ollama-local: expected an event stream, got text/html: Sign in', 'permanent'),
  'words.txt': fails('ollama-local: unreadable frame: upstream connect error'),
}

const GEMINI: Record<string, Outcome> = {
  'crlf.sse': says('Hi.'),
  'finish-without-content.sse': says('Hi.'),
  'whole-list.json': says('Not streamed as events.'),
  'whole.json': says('Answered without streaming.'),
  'thoughts.sse': thinks('Plan it.', 'Done.'),
  'call.sse': asks(''),
  'call-args-missing.sse': { calls: [{ ...time(''), input: {} }], stop: 'tool_use' },
  'call-args-text.sse': asks(''),
  'nameless-call.sse': says('Hi.'),
  'call-malformed.sse': fails(
    'gemini: the service gave up: MALFORMED_FUNCTION_CALL (Malformed function call: print(default_api.Context(op=)',
  ),
  'cut-at-limit.sse': says('Cut at the lim', 'max_tokens'),
  'thought-to-the-limit.sse': { thinking: 'All of it was', stop: 'max_tokens' },
  'filtered.sse': says('Something ', 'content_filter'),
  'recited.sse': { stop: 'content_filter' },
  'blocked.sse': fails('gemini: the prompt was blocked: SAFETY', 'permanent'),
  'picture.sse': says('Here it is:\n\n[The model sent a picture, which is not kept.]\n\n'),
  'error-in-stream.sse': fails('gemini 503: The model is overloaded. Please try again later. (UNAVAILABLE)'),
  'error-list.json': fails('gemini 429: Resource has been exhausted (e.g. check quota). (RESOURCE_EXHAUSTED)'),
  'nothing.sse': fails('gemini: the model answered with nothing'),
  'no-finish.sse': fails('gemini: stream ended early'),
}

const RESPONSES: Record<string, Outcome> = {
  'whole.json': { text: 'Answered without streaming.', calls: [time('a1')], stop: 'tool_use' },
  'no-deltas.sse': says('Hi.'),
  'only-the-end.sse': says('Hi.'),
  'call-without-deltas.sse': asks('a1'),
  'incomplete.sse': says('Cut at the lim', 'max_tokens'),
  'call-cut.sse': { stop: 'max_tokens' },
  'filtered.sse': says('Something ', 'content_filter'),
  'refused.sse': says('No.', 'refusal'),
  'failed.sse': fails('openai 500: The server had an error (server_error)'),
  'error.sse': fails('openai 429: Slow down (rate_limit_exceeded)'),
  'error-in-type.sse': fails('openai 500: It broke (server_error)'),
  'nothing.sse': fails('openai: the model answered with nothing'),
  'no-end.sse': fails('openai: stream ended early'),
}

const under = (folder: string, cases: Record<string, Outcome>) =>
  Object.entries(cases).map(([name, outcome]): [string, Outcome] => [`${folder}/${name}`, outcome])

const ALL = [
  ...under('openai', OPENAI),
  ...under('anthropic', ANTHROPIC),
  ...under('ollama', OLLAMA),
  ...under('gemini', GEMINI),
  ...under('openai-responses', RESPONSES),
]

describe.each(ALL)('the answer %s', (name, expected) => {
  const { bytes, type } = readAnswer(name)
  const play = async (...chunks: Uint8Array<ArrayBuffer>[]) =>
    outcomeOf(
      await collect(
        answeringWith(name, chunks, type).stream(aRequest({ tools: [aTool('Context')] }), AbortSignal.any([])),
      ),
    )

  it('means what it means', async () => {
    expect(await play(bytes)).toEqual(expected)
  })

  it('means the same in pieces of any size', async () => {
    expect(await play(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(expected)
    const property = fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 6 }), async (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
      expect(await play(...places.slice(1).map((end, i) => bytes.slice(places[i], end)))).toEqual(expected)
    })
    await fc.assert(property, { numRuns: 20 })
  })

  it('is never taken for whole where it was cut', async () => {
    const step = Math.max(1, Math.floor(bytes.length / 150))
    for (let length = 0; length < bytes.length; length += step) {
      const outcome = await play(bytes.slice(0, length))
      if (!('error' in outcome)) expect(outcome, `cut at byte ${length}`).toEqual(expected)
    }
  })
})
