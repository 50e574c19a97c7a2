import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core'
import { callKey } from './call-key.ts'
import type { CodeErrorCode, CodeOutcome, CodeWork } from './messages.ts'
import { prelude } from './prelude.ts'

/** Of one step. */
const MAX_MEMORY_BYTES = 64 * 1024 * 1024
/** The stack of a thread has to hold several times as much. */
const MAX_STACK_BYTES = 256 * 1024
/** Of an answer, and of what a tool is called with. */
const MAX_TEXT_LENGTH = 1024 * 1024

/** What is told the code instead of the time. */
let time = 0

export async function openSandbox(): Promise<Sandbox> {
  becomeTimeless()
  return new Sandbox(await newQuickJSWASMModuleFromVariant(import('@jitl/quickjs-wasmfile-release-sync')))
}

/** Of this thread, where the sandbox asks for the time: it is the same hour everywhere, and only the code lets it pass. */
function becomeTimeless() {
  const prototype = Date.prototype as unknown as Record<string, () => number>
  for (const part of ['Hours', 'Minutes', 'Seconds', 'Milliseconds', 'Date', 'Month', 'FullYear', 'Day']) {
    prototype[`get${part}`] = prototype[`getUTC${part}`]!
  }
  Date.prototype.getTimezoneOffset = () => 0
  Date.now = () => time++
}

/** The code has got as far as it can get in this step. */
class Stop extends Error {}

/** Raised for what is wrong with the code. */
class Failure extends Error {
  readonly code: CodeErrorCode

  constructor(code: CodeErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

export class Sandbox {
  readonly #engine: QuickJSWASMModule
  /** Something went wrong inside of it that is not the code's to go on from. */
  isBroken = false

  constructor(engine: QuickJSWASMModule) {
    this.#engine = engine
  }

  get isSpent(): boolean {
    return this.isBroken || this.#engine.getWasmMemory().buffer.byteLength > MAX_MEMORY_BYTES / 2
  }

  /** Whether it is JavaScript at all; undefined, or what is wrong. */
  check(source: string): string | undefined {
    const outcome = this.#inside(
      () => false,
      (vm) => {
        // What is inside of a function is read and not run.
        const read = vm.evalCode(`(function () {${source}\n})`, 'index.js')
        if (!read.error) return read.value.dispose()
        const { message } = vm.dump(read.error)
        read.error.dispose()
        throw new Failure('code_agent_load', String(message))
      },
    )
    return outcome instanceof Failure ? outcome.message : undefined
  }

  /** The code from its beginning up to the first call without an answer, or to its end. */
  play(work: CodeWork): CodeOutcome {
    time = work.startsAt
    let answered = 0
    let stopped: CodeOutcome | undefined

    const onCall = (name: string, input: string): string => {
      if (stopped) throw new Stop()
      const call = callKey(name, input)
      const answer = work.answers[answered]
      if (answer?.call === call) {
        answered++
        return JSON.stringify({ text: answer.text, isError: answer.isError })
      }
      if (answer) stopped = diverged(`call ${answered + 1} was of ${answer.name} and is ${shown(name, input)} now`)
      else if (input.length > MAX_TEXT_LENGTH) stopped = threw(`the input of ${name} ${tooLong(input)}`)
      else stopped = { kind: 'call', name, input, call, before: answered }
      throw new Stop()
    }

    const result = this.#inside(
      () => stopped !== undefined,
      (vm) => runIn(vm, work, onCall),
    )
    if (stopped) return stopped
    if (result instanceof Failure) return { kind: 'failed', code: result.code, message: result.message }
    if (answered < work.answers.length) {
      return diverged(`it made ${work.answers.length} calls before and ended after ${answered} of them now`)
    }
    if (result.length > MAX_TEXT_LENGTH) return threw(`what it returned ${tooLong(result)}`)
    return { kind: 'returned', text: result }
  }

  #inside<T>(isOver: () => boolean, work: (vm: QuickJSContext) => T): T | Failure {
    const runtime = this.#engine.newRuntime()
    runtime.setMemoryLimit(MAX_MEMORY_BYTES)
    runtime.setMaxStackSize(MAX_STACK_BYTES)
    runtime.setInterruptHandler(isOver)
    const vm = runtime.newContext()
    let result: T | Failure
    try {
      result = work(vm)
    } catch (error) {
      if (error instanceof Failure) result = error
      else {
        this.isBroken = true
        return new Failure('code_agent_threw', `the code took what it runs in down with it: ${String(error)}`)
      }
    }
    try {
      vm.dispose()
      runtime.dispose()
    } catch {
      this.isBroken = true
    }
    return result
  }
}

/** What it returned, as text. */
function runIn(vm: QuickJSContext, work: CodeWork, onCall: (name: string, input: string) => string): string {
  const call = vm.newFunction('call', (name, input) => vm.newString(onCall(vm.getString(name), vm.getString(input))))
  vm.setProp(vm.global, '__call', call)
  call.dispose()
  const setup = vm.newString(JSON.stringify({ tools: work.tools, seed: work.seed }))
  vm.setProp(vm.global, '__setup', setup)
  setup.dispose()

  const kit = vm.unwrapResult(vm.evalCode(prelude, 'prelude.js'))
  const [begin, said, described] = (['begin', 'said', 'described'] as const).map((name) => vm.getProp(kit, name))
  const held: QuickJSHandle[] = [kit, begin!, said!, described!]
  const hold = (handle: QuickJSHandle) => {
    held.push(handle)
    return handle
  }
  const fail = (code: CodeErrorCode, error: QuickJSHandle): never => {
    const told = vm.callFunction(described!, vm.undefined, hold(error))
    throw new Failure(code, vm.getString(hold(told.error ?? told.value)).slice(0, 2000))
  }
  const must = (code: CodeErrorCode, result: ReturnType<QuickJSContext['evalCode']>) =>
    hold(result.error ? fail(code, result.error) : result.value)

  try {
    must('code_agent_load', vm.evalCode(work.source, 'index.js'))
    const run = must('code_agent_load', vm.evalCode('typeof run === "function" ? run : undefined'))
    if (vm.typeof(run) !== 'function') {
      const isModule = /^(?:export|import)\b/m.test(work.source)
      const advice = isModule ? '; it is a script and no module, so write it without export and import' : ''
      throw new Failure('code_agent_load', `there is no function run(input)${advice}`)
    }
    const input = hold(vm.newString(work.input))
    const returned = must('code_agent_threw', vm.callFunction(begin!, vm.undefined, run, input))
    const value = settled(vm, returned, { hold, fail })
    return vm.getString(must('code_agent_threw', vm.callFunction(said!, vm.undefined, value)))
  } finally {
    for (const handle of held) if (handle.alive) handle.dispose()
  }
}

/** Of a function that is async, what it came to: nothing outside of it is waited for, so it comes to it at once. */
function settled(
  vm: QuickJSContext,
  value: QuickJSHandle,
  {
    hold,
    fail,
  }: { hold(handle: QuickJSHandle): QuickJSHandle; fail(code: CodeErrorCode, error: QuickJSHandle): never },
): QuickJSHandle {
  const jobs = vm.runtime.executePendingJobs()
  if (jobs.error) fail('code_agent_threw', jobs.error)
  const state = vm.getPromiseState(value)
  if (state.type === 'pending') throw new Failure('code_agent_threw', 'it waits for something that never comes')
  if (state.type === 'rejected') return fail('code_agent_threw', state.error)
  return state.notAPromise ? value : hold(state.value)
}

function shown(name: string, input: string): string {
  return `${name} ${input.slice(0, 200)}`
}

function tooLong({ length }: string): string {
  return `has ${length} characters and may have ${MAX_TEXT_LENGTH}`
}

function threw(message: string): CodeOutcome {
  return { kind: 'failed', code: 'code_agent_threw', message }
}

function diverged(what: string): CodeOutcome {
  return {
    kind: 'failed',
    code: 'code_agent_replay_divergence',
    message: `the code does not do again what it did: ${what}`,
  }
}
