import type { Mutation } from './mutation.ts'

const gateway = 'apps/runtime/src/areas/gateway'
const providers = 'apps/runtime/src/models/providers'
const whole = ['apps/runtime/test/gateway.test.ts']
const wishes = [`${providers}/wishes.test.ts`]

/** Models for programs. */
export const modelGateway: Mutation[] = [
  {
    name: 'gateway/asked-again-after-the-first-word',
    file: `${providers}/ask.ts`,
    find: 'signal.aborted || (hasBegun && settings.untilBegun === true)',
    replacement: 'signal.aborted',
    tests: whole,
  },
  {
    name: 'gateway/falls-back-after-the-first-word',
    file: `${gateway}/chat.ts`,
    find: 'call.hasBegun ? undefined : call.next(failure)',
    replacement: 'call.next(failure)',
    tests: whole,
  },
  {
    name: 'gateway/failures-are-forgotten',
    file: `${gateway}/chat.ts`,
    find: 'this.#deps.routing.availability.failed({ provider, model }, failure, this.of.chosen.route.cooldownMs)',
    replacement: '',
    tests: whole,
  },
  {
    name: 'gateway/service-works-on-for-nobody',
    file: `${gateway}/chat.ts`,
    find: 'ask(answering.provider, asked, signal, this.#patience())',
    replacement: 'ask(answering.provider, asked, new AbortController().signal, this.#patience())',
    tests: whole,
  },
  {
    name: 'gateway/slot-is-kept',
    file: `${gateway}/chat.ts`,
    find: '    slot.release()',
    replacement: '',
    tests: whole,
  },
  {
    name: 'gateway/everybody-shares-one-quota',
    file: `${gateway}/chat.ts`,
    find: 'deps.slots.admit(userId, caller.signal)',
    replacement: "deps.slots.admit('', caller.signal)",
    tests: whole,
  },
  {
    name: 'gateway/words-pass-for-signed-thinking',
    file: `${gateway}/chat.ts`,
    find: 'provider.signsReasoning ? withoutReasoning(asked.messages) : asked.messages',
    replacement: 'asked.messages',
    tests: whole,
  },
  {
    name: 'gateway/secrets-in-what-a-model-says',
    file: `${gateway}/chat.ts`,
    find: 'withoutSecrets(answer(deps, caller, request, userId, chosen), deps.redactor)',
    replacement: 'answer(deps, caller, request, userId, chosen)',
    tests: whole,
  },
  {
    name: 'gateway/our-key-is-wrong-and-the-program-is-told-its-own-is',
    file: `${gateway}/failure-of.ts`,
    find: 'const ofTheRequest = [400,',
    replacement: 'const ofTheRequest = [401, 400,',
    tests: whole,
  },
  {
    name: 'gateway/usage-twice',
    file: `${gateway}/openai/to-openai.ts`,
    find: 'this.#withUsage ? [last, { ...this.#chunk([]), usage }]',
    replacement: 'this.#withUsage ? [{ ...last, usage }, { ...this.#chunk([]), usage }]',
    tests: [`${gateway}/openai/to-openai.test.ts`],
  },
  {
    name: 'gateway/calls-of-one-index',
    file: `${gateway}/openai/to-openai.ts`,
    find: 'const index = this.#calls++',
    replacement: 'const index = 0',
    tests: whole,
  },
  {
    name: 'gateway/cached-tokens-not-counted',
    file: `${gateway}/openai/to-openai.ts`,
    find: 'input_tokens + cache_read_input_tokens + cache_creation_input_tokens',
    replacement: 'input_tokens',
    tests: whole,
  },
  {
    name: 'gateway/empty-words-beside-calls',
    file: `${gateway}/openai/to-openai.ts`,
    find: "text === '' && calls.length > 0 ? null : text",
    replacement: 'text',
    tests: whole,
  },
  {
    name: 'gateway/result-of-no-call',
    file: `${gateway}/openai/from-openai.ts`,
    find: 'calls.set(call.id, made.name)',
    replacement: '',
    tests: [`${gateway}/openai/from-openai.test.ts`],
  },
  {
    name: 'gateway/status-before-anything-is-known',
    file: 'apps/runtime/src/doors/http/streams/answer-stream.ts',
    find: 'await Promise.race([first, silence(clock, first)])',
    replacement: 'await Promise.race([first, undefined])',
    tests: whole,
  },
  {
    name: 'gateway/errors-in-words-of-ours',
    file: 'apps/runtime/src/doors/http/errors.ts',
    find: "ofRoute === 'openai' || envelope === 'route'",
    replacement: "envelope === 'route'",
    tests: whole,
  },
  {
    name: 'gateway/vector-begins-at-the-buffer',
    file: `${gateway}/openai/embeddings.ts`,
    find: 'vector.byteOffset, vector.byteLength',
    replacement: '0, 4',
    tests: whole,
  },
  {
    name: 'wishes/dropped-without-a-word',
    file: `${providers}/anthropic/to-request.ts`,
    find: '    seed: false,',
    replacement: '',
    tests: wishes,
  },
  {
    name: 'wishes/made-to-call-while-it-thinks',
    file: `${providers}/anthropic/to-request.ts`,
    find: 'if (choice === undefined || thinks)',
    replacement: 'if (choice === undefined)',
    tests: wishes,
  },
  {
    name: 'wishes/json-beside-tools-of-an-older-gemini',
    file: `${providers}/gemini/to-request.ts`,
    find: 'return tools.length === 0 || isThirdFamily(model)',
    replacement: 'return true',
    tests: wishes,
  },
  {
    name: 'embedders/one-batch-counted',
    file: 'apps/runtime/src/models/embedders/create-embedder.ts',
    find: 'all.tokens = (all.tokens ?? 0) + tokens',
    replacement: 'all.tokens = tokens',
    tests: ['apps/runtime/src/models/embedders/embedders.test.ts'],
  },
  {
    name: 'sdk/last-frame-of-an-answer-lost',
    file: 'packages/client/src/resources/llm.ts',
    find: 'done ? parser.end() : parser.push(value)',
    replacement: 'done ? [] : parser.push(value)',
    tests: ['packages/client/src/llm.test.ts'],
  },
]
