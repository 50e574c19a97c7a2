import { type Interrupt, interruptionOps } from '@loomcycle/proto'
import { describe, expect, it } from 'vitest'
import { createInterruptionOps } from '../src/areas/interrupts/ops/index.ts'
import { resolveInterrupt } from '../src/areas/interrupts/resolve.ts'
import { countInterrupts } from '../src/areas/interrupts/store.ts'
import type { ModelRequest } from '../src/models/providers/provider.ts'
import {
  ask,
  asked,
  listInterrupts,
  listUserInterrupts,
  playing,
  resolve,
  saidOf,
  startAsking,
  typesOf,
} from '../src/testing/asking.ts'
import { clientOf, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'
import { serveOps } from '../src/tools/op-set.ts'
import { opTool } from '../src/tools/op-tool.ts'
import { aCaller, aToolCaller } from '../src/tools/testing/a-caller.ts'
import { callTool } from '../src/tools/testing/call-tool.ts'

const hour = 3_600_000

describe('a question', () => {
  it('waits in a row, is answered by another client, and the run goes on', async () => {
    const requests: ModelRequest[] = []
    const input = { context: 'It is for the door.', priority: 'high' }
    const { runtime, talk, runId, questions } = await asked([ask('Which colour?', input, 'c1')], {
      requests,
      lastly: 'painted',
    })
    const [question] = questions
    expect(question).toMatchObject({
      interrupt_id: expect.stringMatching(/^intr_[0-9a-f]{24}$/),
      run_id: runId,
      kind: 'question',
      status: 'pending',
      question: 'Which colour?',
      context_data: 'It is for the door.',
      priority: 'high',
      agent_name: 'model',
    })
    expect(Date.parse(question!.expires_at!) - Date.parse(question!.created_at)).toBe(hour)
    expect(talk.events.at(-1)).toMatchObject({
      interruption: {
        interrupt_id: question!.interrupt_id,
        kind: 'question',
        question: 'Which colour?',
        context: 'It is for the door.',
        priority: 'high',
        expires_at: question!.expires_at,
        tool_use_id: 'c1',
      },
    })
    expect(await clientOf(runtime).getAgent(talk.session.agentId)).toMatchObject({
      phase: 'waiting',
      awaited_state: 'interrupted',
      awaited_on: question!.interrupt_id,
    })
    expect(await listUserInterrupts(runtime)).toMatchObject({ total: 1, interrupts: [question] })

    const { body } = await resolve(runtime, question!, { answer: ' blue ' })
    expect(body).toMatchObject({ interrupt_id: question!.interrupt_id, status: 'resolved' })
    await talk.until('awaiting_input')
    expect(typesOf(talk, 'tool_call', 'interruption_pending', 'interruption_resolved', 'tool_result')).toEqual([
      'tool_call',
      'interruption_pending',
      'interruption_resolved',
      'tool_result',
    ])
    const answer = { interrupt_id: question!.interrupt_id, answer: 'blue', resolved_by: 'api' }
    expect(saidOf(talk, 'interruption_resolved')).toEqual([{ ...answer, status: 'resolved' }])
    const [result] = requests[1]!.messages.at(-1)!.content as unknown as [{ text: string }]
    expect(JSON.parse(result.text)).toEqual({ ...answer, resolved_at: body.resolved_at })
    expect(talk.text()).toBe('painted')
    expect(await listInterrupts(runtime, runId)).toMatchObject([
      { status: 'resolved', answer: 'blue', resolved_by: 'api' },
    ])
    expect(await listInterrupts(runtime, runId, 'pending')).toEqual([])
    expect(await listUserInterrupts(runtime)).toEqual({ interrupts: [], total: 0 })
    expect(await listUserInterrupts(runtime, 'all')).toMatchObject({ total: 1 })
  })

  it('with options takes one of them and nothing else', async () => {
    const { runtime, talk, questions } = await asked([ask('Which?', { options: ['red', 'blue', 'red'] })])
    const [question] = questions as [Interrupt]
    expect(question.options).toEqual(['red', 'blue'])
    expect(await resolve(runtime, question, { answer: 'green' })).toMatchObject({
      status: 422,
      code: 'invalid_answer',
      text: 'answer must be one of: red, blue\n',
    })
    expect(await resolve(runtime, question, { answer: 'red', resolved_by: 'ada' })).toMatchObject({ status: 200 })
    expect(await talk.until('interruption_resolved')).toMatchObject({
      interruption: { answer: 'red', resolved_by: 'ada' },
    })
  })

  it('says what is wrong with an answer, and takes a right one afterwards, once', async () => {
    const { runtime, questions } = await asked([ask('Why?')])
    const [question] = questions as [Interrupt]
    const codeOf = async (body: Record<string, unknown>, target: Partial<Interrupt> = {}) => {
      const { status, code } = await resolve(runtime, { ...question, ...target }, body)
      return [status, code]
    }
    expect(await codeOf({})).toEqual([422, 'invalid_answer'])
    expect(await codeOf({ answer: '  ' })).toEqual([422, 'invalid_answer'])
    expect(await codeOf({ kind: 'approval', answer: 'yes' })).toEqual([422, 'invalid_answer'])
    expect(await codeOf({ disposition: 'declined', answer: 'no' })).toEqual([422, 'invalid_answer'])
    expect(await codeOf({ answer: 'x' }, { interrupt_id: 'intr_0' })).toEqual([404, 'interrupt_not_found'])
    expect(await codeOf({ answer: 'x' }, { run_id: 'r_0' })).toEqual([404, 'interrupt_not_found'])
    expect(await codeOf({ answer: 'because' })).toEqual([200, null])
    expect(await codeOf({ answer: 'because' })).toEqual([409, 'interrupt_settled'])
  })

  it('may be declined, which the model is told', async () => {
    const { runtime, talk, questions } = await asked([ask('Why?')], { lastly: 'never mind' })
    const browser = { 'sec-fetch-site': 'same-origin' }
    expect(await resolve(runtime, questions[0]!, { disposition: 'declined' }, browser)).toMatchObject({
      body: { status: 'declined' },
    })
    expect(await talk.until('interruption_resolved')).toMatchObject({
      interruption: { status: 'declined', resolved_by: 'webui' },
    })
    expect(await talk.until('tool_result')).toMatchObject({
      text: expect.stringContaining('was declined'),
    })
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('never mind')
  })

  it('answered by many at once has one answer', async () => {
    const { runtime, talk, questions } = await asked([ask('Who?')])
    const answers = ['ada', 'bea', 'cleo', 'dora']
    const outcomes = await Promise.all(answers.map((answer) => resolve(runtime, questions[0]!, { answer })))
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    const winner = answers[outcomes.findIndex(({ status }) => status === 200)]
    expect(await talk.until('interruption_resolved')).toMatchObject({ interruption: { answer: winner } })
    await talk.until('awaiting_input')
    expect(typesOf(talk, 'tool_result')).toHaveLength(1)
  })

  it('beside another in one turn is answered in any order; the model sees call order', async () => {
    const requests: ModelRequest[] = []
    const { runtime, talk, runId, questions } = await asked([ask('First?', {}, 'c1'), ask('Second?', {}, 'c2')], {
      requests,
    })
    const named = (text: string) => questions.find(({ question }) => question === text)!
    await resolve(runtime, named('Second?'), { answer: 'two' })
    expect(await talk.until('tool_result')).toMatchObject({ tool_use: { id: 'c2' } })
    await runtime.ctx.engine.left(runId)
    expect(await clientOf(runtime).getAgent(talk.session.agentId)).toMatchObject({
      phase: 'waiting',
      awaited_on: named('First?').interrupt_id,
    })
    await resolve(runtime, named('First?'), { answer: 'one' })
    await talk.until('awaiting_input')
    const results = requests[1]!.messages.at(-1)!.content as { tool_use_id: string; text: string }[]
    expect(results.map(({ tool_use_id, text }) => [tool_use_id, JSON.parse(text).answer])).toEqual([
      ['c1', 'one'],
      ['c2', 'two'],
    ])
    expect(requests).toHaveLength(2)
  })

  it('is not overtaken by what somebody says meanwhile', async () => {
    const requests: ModelRequest[] = []
    const { runtime, talk, runId, questions } = await asked([ask('Which?')], { requests })
    await clientOf(runtime).sendRunInput(runId, 'be quick')
    expect(runtime.ctx.engine.isWorking(runId)).toBe(false)
    await resolve(runtime, questions[0]!, { answer: 'that' })
    await talk.until('awaiting_input')
    expect(typesOf(talk, 'tool_result', 'steer').slice(-2)).toEqual(['tool_result', 'steer'])
    expect(requests[1]!.messages.at(-1)!.content).toMatchObject([
      { type: 'tool_result' },
      { type: 'text', text: 'be quick' },
    ])
  })

  it('shows no secret', async () => {
    const secret = 'hunter2-hunter2'
    const { runtime, talk, runId, questions } = await asked(
      [ask(`Use ${secret}?`, { context: secret, options: [secret, 'no'] }, 'c1')],
      { config: { secrets: new Map([['MY_TOKEN', secret]]) } },
    )
    expect(questions).toMatchObject([{ question: 'Use [redacted:MY_TOKEN]?', options: ['[redacted:MY_TOKEN]', 'no'] }])
    await resolve(runtime, questions[0]!, { answer: '[redacted:MY_TOKEN]' })
    await talk.until('awaiting_input')
    expect(JSON.stringify([talk.events, await listInterrupts(runtime, runId)])).not.toContain(secret)
  })

  it('keeps no secret of what somebody answers', async () => {
    const secret = 'hunter2-hunter2'
    const requests: ModelRequest[] = []
    const { runtime, talk, runId, questions } = await asked([ask('Which token?', {}, 'c1')], {
      requests,
      config: { secrets: new Map([['MY_TOKEN', secret]]) },
    })
    await resolve(runtime, questions[0]!, { answer: `It is ${secret}.` })
    await talk.until('awaiting_input')
    expect(await listInterrupts(runtime, runId)).toMatchObject([{ answer: 'It is [redacted:MY_TOKEN].' }])
    const { db } = runtime.ctx
    const tables = ['interrupts', 'tool_calls', 'events', 'channel_messages']
    const stored = await Promise.all(tables.map((table) => db.all(`select * from ${table}`, [])))
    expect(JSON.stringify([stored, talk.events, requests])).not.toContain(secret)
  })

  it('is nobody’s business in another tenant', async () => {
    const { runtime, runId, questions } = await asked([ask('Which?')])
    const stranger = aCaller({ tenantId: 'other' })
    await expect(
      resolveInterrupt(runtime.ctx.interrupts, stranger, questions[0]!, { answer: 'mine' }),
    ).rejects.toMatchObject({ code: 'interrupt_not_found' })
    const count = (tenantId: string) => countInterrupts(runtime.ctx.db, { tenantId, status: undefined, of: { runId } })
    expect([await count('default'), await count('other')]).toEqual([1, 0])
  })

  it('of a run nobody knows is not there', async () => {
    const { runtime } = await asked([ask('Which?')])
    expect(await listInterrupts(runtime, 'r_0')).toEqual([])
  })
})

describe('the Interruption tool', () => {
  it('lets so many questions be open at once, also where they are asked side by side', async () => {
    const { runtime, talk } = await startAsking(
      [{ tool_calls: [ask('A?'), ask('B?'), ask('C?')] }, { tool_calls: [ask('D?')] }],
      { agents: { model: { interruption: { enabled: true, maxPending: 2 } } } },
    )
    expect(await talk.until('tool_result')).toMatchObject({
      is_error: true,
      text: expect.stringContaining('2 of this run’s questions are open already'),
    })
    await runtime.ctx.engine.left(talk.session.runId)
    const questions = await listInterrupts(runtime, talk.session.runId)
    expect(questions).toHaveLength(2)
    for (const question of questions) await resolve(runtime, question, { answer: 'x' })
    await talk.until('interruption_pending', (event) => JSON.stringify(event).includes('D?'))
  })

  it('keeps an agent to the operator’s limit', async () => {
    const { talk } = await startAsking([{ tool_calls: [ask('A?'), ask('B?')] }], {
      agents: { model: { interruption: { enabled: true, maxPending: 9 } } },
      config: { interruption: { defaultTimeoutMs: hour, maxTimeoutMs: hour, maxPendingPerRun: 1 } },
    })
    expect(await talk.until('tool_result')).toMatchObject({ is_error: true })
  })

  it('tells something without waiting', async () => {
    const notify = { id: 'c1', name: 'Interruption', input: { op: 'notify', message: 'Half way.' } }
    const { runtime, talk } = await startAsking([{ tool_calls: [notify] }, { text: 'on' }])
    await talk.until('awaiting_input')
    const [notice] = (await listInterrupts(runtime, talk.session.runId)) as [Interrupt]
    expect(notice).toMatchObject({ kind: 'notice', status: 'resolved', question: 'Half way.', resolved_by: 'agent' })
    expect(notice.expires_at).toBeUndefined()
    expect(saidOf(talk, 'interruption_pending')).toEqual([
      { interrupt_id: notice.interrupt_id, kind: 'notice', question: 'Half way.', priority: 'normal' },
    ])
    expect(talk.events.find((event) => event.type === 'tool_result')).toMatchObject({
      text: JSON.stringify({ interrupt_id: notice.interrupt_id, ok: true }),
    })
    expect(await resolve(runtime, notice, { answer: 'ok' })).toMatchObject({ status: 422, code: 'invalid_answer' })
    expect(await listUserInterrupts(runtime)).toMatchObject({ total: 0 })
  })

  it('takes back what its own run asked', async () => {
    const { runtime, talk, runId, questions } = await asked([ask('Which?')])
    const tool = opTool(
      serveOps(interruptionOps, createInterruptionOps(runtime.ctx.interrupts), { sideEffects: 'state' }),
    )
    const cancel = { op: 'cancel', interruption_id: questions[0]!.interrupt_id }
    const callerOf = (id: string) => aToolCaller({ runId: id, agent: { interruption: { enabled: true } } })
    await expect(callTool(tool, cancel, callerOf('r_0'))).rejects.toThrow('this run has not asked')
    expect(await callTool(tool, cancel, callerOf(runId))).toEqual({ text: '{"cancelled":true}' })
    expect(await talk.until('tool_result')).toMatchObject({
      is_error: true,
      text: expect.stringContaining('taken back'),
    })
    expect(await callTool(tool, cancel, callerOf(runId))).toEqual({ text: '{"cancelled":false}' })
  })

  it('is refused where the operator has not allowed it, and says how', async () => {
    const runtime = await startRuntime({ models: { model: playing([{ tool_calls: [ask('Which?')] }]) } })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('go') }))
    expect(await reader.until('tool_result')).toMatchObject({
      is_error: true,
      text: expect.stringContaining('interruption.enabled of the agent model'),
    })
    await reader.toEnd()
  })

  it('ends a one-shot run’s question with its caller', async () => {
    const runtime = await startRuntime({
      models: { model: playing([{ tool_calls: [ask('Which?')] }]) },
      agents: { model: { interruption: { enabled: true } } },
    })
    const abort = new AbortController()
    const run = clientOf(runtime).runStreaming({ agent: 'model', segments: say('go'), signal: abort.signal })
    const reader = new Reader(run, abort)
    await reader.until('interruption_pending')
    reader.leave()
    await expect.poll(() => listUserInterrupts(runtime, 'cancelled')).toMatchObject({ total: 1 })
  })
})
