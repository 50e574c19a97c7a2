import type { Mutation } from './mutation.ts'

const providers = 'apps/runtime/src/models/providers'
const gemini = `${providers}/gemini`

/** What is said to model services, and what is made of their answers. */
export const modelServices: Mutation[] = [
  {
    name: 'gemini/signature-on-the-next-part',
    file: `${gemini}/reasoning.ts`,
    find: 'call: (call, place) => [toCall(call, place)]',
    replacement: 'call: (call) => [toCall(call, {})]',
    tests: [`${gemini}/to-request.test.ts`],
  },
  {
    name: 'gemini/text-joined-to-what-is-signed',
    file: `${gemini}/from-stream.ts`,
    find: "last && 'length' in last && last.signature === undefined && signature.signature === undefined",
    replacement: "last && 'length' in last",
    tests: [`${gemini}/from-stream.test.ts`],
  },
  {
    name: 'gemini/unsigned-call-of-another-model',
    file: `${gemini}/reasoning.ts`,
    find: 'if (mustSign && first) first.thoughtSignature ??= NOBODYS_SIGNATURE',
    replacement: '',
    tests: [`${gemini}/to-request.test.ts`],
  },
  {
    name: 'gemini/results-in-the-order-they-came',
    file: `${gemini}/to-request.ts`,
    find: 'const result = results.find((one) => one.id === id)',
    replacement: 'const result = results[at]',
    tests: [`${gemini}/to-request.test.ts`],
  },
  {
    name: 'gemini/thoughts-not-counted',
    file: `${gemini}/usage.ts`,
    find: "sum(of('candidatesTokenCount'), of('thoughtsTokenCount'))",
    replacement: "of('candidatesTokenCount')",
    tests: [`${gemini}/from-stream.test.ts`],
  },
  {
    name: 'gemini/cached-tokens-counted-twice',
    file: `${gemini}/usage.ts`,
    find: 'Math.max(read - (cached ?? 0), 0)',
    replacement: 'read',
    tests: [`${gemini}/from-stream.test.ts`, `${gemini}/gemini.test.ts`],
  },
  {
    name: 'gemini/blocked-prompt-is-silence',
    file: `${gemini}/from-stream.ts`,
    find: "if (typeof blockReason === 'string') throw",
    replacement: 'if (false) throw',
    tests: [`${gemini}/from-stream.test.ts`],
  },
  {
    name: 'gemini/first-page-of-models-only',
    file: `${gemini}/list-models.ts`,
    find: "if (typeof nextPageToken !== 'string' || nextPageToken === '') break",
    replacement: 'break',
    tests: [`${gemini}/models.test.ts`],
  },
  {
    name: 'gemini/required-member-that-is-not-there',
    file: `${gemini}/schema.ts`,
    find: '[...new Set(required)].filter((name) => known.has(name))',
    replacement: '[...new Set(required)]',
    tests: [`${gemini}/schema.test.ts`],
  },
  {
    name: 'gemini/schema-without-end',
    file: `${gemini}/schema.ts`,
    find: 'within.depth > MAX_DEPTH || within.room.left-- <= 0',
    replacement: 'within.depth > MAX_DEPTH || within.room.left-- <= -100_000',
    tests: [`${gemini}/schema.test.ts`],
  },
  {
    name: 'gemini/no-room-for-the-answer',
    file: `${gemini}/models.ts`,
    find: 'Math.min(wanted, maxTokens - ANSWER_TOKENS)',
    replacement: 'wanted',
    tests: [`${gemini}/to-request.test.ts`],
  },
  {
    name: 'gemini/key-refused-without-advice',
    file: `${providers}/http.ts`,
    find: 'status === 401 || saysKeyIsWrong(cause)',
    replacement: 'status === 401',
    tests: [`${providers}/registry.test.ts`],
  },
]
