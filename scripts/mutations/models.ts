import type { Mutation } from './mutation.ts'

const providers = 'apps/runtime/src/models/providers'
const config = 'apps/runtime/src/ground/config'
const ollama = [`${providers}/ollama/models.test.ts`]
const request = [`${providers}/ollama/to-request.test.ts`]
const answers = [`${providers}/any-service.test.ts`]
const written = [`${providers}/tools/written-calls.test.ts`]
const mended = [`${providers}/tools/mend-call.test.ts`]

/** Models on machines of one's own, and what small ones write. */
export const ownModels: Mutation[] = [
  {
    name: 'ollama/prompt-cut-by-the-server',
    file: `${providers}/ollama/to-request.ts`,
    find: 'truncate: false',
    replacement: 'truncate: true',
    tests: request,
  },
  {
    name: 'ollama/results-in-the-order-they-came',
    file: `${providers}/ollama/to-request.ts`,
    find: 'const results = asked.flatMap(',
    replacement: 'const results = asked.toReversed().flatMap(',
    tests: request,
  },
  {
    name: 'ollama/told-to-think-though-it-cannot',
    file: `${providers}/ollama/index.ts`,
    find: 'thinks: about?.thinks ?? false',
    replacement: 'thinks: true',
    tests: ollama,
  },
  {
    name: 'ollama/window-it-was-made-for',
    file: `${providers}/ollama/about-models.ts`,
    find: 'if (isCloud || about?.isElsewhere) return',
    replacement: 'if (about) return',
    tests: ollama,
  },
  {
    name: 'ollama/window-known-for-ever',
    file: `${providers}/ollama/about-models.ts`,
    find: 'const KNOWN_MS = 300_000',
    replacement: 'const KNOWN_MS = Number.POSITIVE_INFINITY',
    tests: ollama,
  },
  {
    name: 'ollama/memory-asked-for-again',
    file: `${providers}/ollama/advice.ts`,
    find: 'return final(failure.withNote(advice))',
    replacement: 'return failure.withNote(advice)',
    tests: ollama,
  },
  {
    name: 'ollama/usual-model-runs-elsewhere',
    file: `${providers}/ollama/index.ts`,
    find: 'isCloud || !/[:-]cloud$/.test(model)',
    replacement: 'isCloud || model',
    tests: ollama,
  },
  {
    name: 'ollama/only-loaded-is-an-answer',
    file: `${providers}/ollama/from-stream.ts`,
    find: "if (word === 'load' || word === 'unload') return undefined",
    replacement: '',
    tests: answers,
  },
  {
    name: 'ollama/two-calls-with-one-id',
    file: `${providers}/ollama/from-stream.ts`,
    find: "seen.has(id) ? '' : id",
    replacement: 'id',
    tests: answers,
  },
  {
    name: 'ollama/key-of-the-cloud-changes-nothing',
    file: `${config}/model-services.ts`,
    find: '!isSetUp(id) && isSetUp(standIn)',
    replacement: 'isSetUp(standIn)',
    tests: [`${config}/load.test.ts`],
  },
  {
    name: 'ollama/run-that-began-before-is-lost',
    file: 'apps/runtime/src/models/routing/route.ts',
    find: 'providerMeant(choice.provider, providers)',
    replacement: 'providers.get(choice.provider)',
    tests: ['apps/runtime/src/models/routing/route.test.ts'],
  },
  {
    name: 'ollama/settings-of-one-that-was-found-are-lost',
    file: `${config}/load.ts`,
    find: "{ ...providers['ollama-local'], isFound: true }",
    replacement: '{ baseUrl, isFound: true }',
    tests: [`${config}/load.test.ts`],
  },
  {
    name: 'ollama/hours-are-minutes',
    file: `${providers}/http.ts`,
    find: 'patience?.headerTimeoutMs ?? localTimeoutMs',
    replacement: 'localTimeoutMs',
    tests: [`${providers}/http.test.ts`],
  },
  {
    name: 'lines/characters-cut-in-two',
    file: `${providers}/lines.ts`,
    find: 'decoder.decode(bytes, { stream: true })',
    replacement: 'decoder.decode(bytes)',
    tests: [`${providers}/lines.test.ts`],
  },
  {
    name: 'written-calls/tools-that-nobody-offered',
    file: `${providers}/tools/written-calls.ts`,
    find: 'offered.has(name) && isObject(input)',
    replacement: 'isObject(input)',
    tests: written,
  },
  {
    name: 'written-calls/objects-that-say-more',
    file: `${providers}/tools/written-calls.ts`,
    find: ' || keys.length !== 2) return undefined',
    replacement: ') return undefined',
    tests: written,
  },
  {
    name: 'written-calls/cut-turns-call',
    file: `${providers}/tools/written-calls.ts`,
    find: "const calls = mayCall && text !== ''",
    replacement: "const calls = text !== ''",
    tests: written,
  },
  {
    name: 'mended/numbers-that-were-cut',
    file: `${providers}/tools/sloppy-json.ts`,
    find: 'if (open.length > 0 && !WHOLE_END.test(last)) return undefined',
    replacement: '',
    tests: mended,
  },
  {
    name: 'mended/words-behind-it',
    file: `${providers}/tools/sloppy-json.ts`,
    find: "if (character !== '}' && character !== ']') return undefined",
    replacement: '',
    tests: mended,
  },
  {
    name: 'mended/one-of-two-tools',
    file: `${providers}/tools/mend-call.ts`,
    find: 'return others.length === 0 ? only : undefined',
    replacement: 'return only',
    tests: mended,
  },
  {
    name: 'mended/texts-of-digits-become-numbers',
    file: `${providers}/tools/fit-to-schema.ts`,
    find: "if (typeof value === 'string' && !types.has('string')) return",
    replacement: "if (typeof value === 'string') return",
    tests: mended,
  },
  {
    name: 'mended/nobody-mends',
    file: `${providers}/ask.ts`,
    find: "event.type === 'tool_call' ? mendCall(event, request.tools) : event",
    replacement: 'event',
    tests: ['apps/runtime/test/sloppy-calls.test.ts'],
  },
]
