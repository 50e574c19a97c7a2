import { expect, it } from 'vitest'
import { Gauge } from './gauge.ts'

function gaugeOf(limit: number, options: { freshMs?: number } = {}) {
  const state = { used: 0, measured: 0, now: 0 }
  const gauge = new Gauge<string>(
    { name: 'things', what: 'things', setting: 'MAX_THINGS', limit },
    {
      ...options,
      now: () => state.now,
      keyOf: (owner) => owner,
      measure: async () => {
        state.measured++
        return state.used
      },
    },
  )
  const add = async (amount = 1) => {
    await gauge.read('ada')
    gauge.take('ada', amount)
    state.used += amount
  }
  return { state, gauge, add }
}

it('measures few times on the way to the limit, and lets everything in up to it', async () => {
  const { state, add } = gaugeOf(1000)
  for (let n = 0; n < 1000; n++) await add()
  expect(state.measured).toBeLessThan(15)
  await expect(add()).rejects.toMatchObject({ code: 'quota_exceeded', fields: { limit: 1000, used: 1000 } })
})

it('never takes what was freed for what is there, however much comes and goes', async () => {
  const { state, add } = gaugeOf(10)
  for (let n = 0; n < 200; n++) {
    await add(3)
    state.used -= 3
  }
  expect(state.used).toBe(0)
})

it('looks again after a refusal until there is room for what was refused, whatever is asked in between', async () => {
  const { state, gauge, add } = gaugeOf(10)
  await add(8)
  await expect(add(5)).rejects.toThrow('There are 8 things and there may be 10')
  await gauge.read('ada')
  state.used = 4
  await add(5)
  expect(state.used).toBe(9)
})

it('does not look again for what can never be had', async () => {
  const { state, gauge, add } = gaugeOf(10)
  await add()
  await expect(add(11)).rejects.toMatchObject({ code: 'quota_exceeded' })
  const before = state.measured
  await gauge.read('ada')
  expect(state.measured).toBe(before)
})

it('measures anew what has grown by itself, once its time is over', async () => {
  const { state, add } = gaugeOf(10, { freshMs: 1000 })
  await add()
  state.used = 10
  await add()
  state.now = 1001
  await expect(add()).rejects.toMatchObject({ code: 'quota_exceeded' })
})

it('measures once for all who ask at the same time, and not at all without a limit', async () => {
  const { state, gauge } = gaugeOf(10)
  await Promise.all([gauge.read('ada'), gauge.read('ada'), gauge.read('ada')])
  expect(state.measured).toBe(1)
  const none = gaugeOf(0)
  await none.add(1_000_000)
  expect(none.state.measured).toBe(0)
})
