import { describe, expect, it } from 'vitest'
import type { Clock } from '../clock.ts'
import { type Turn, Turns } from './turns.ts'

/** Time that stands still until it is turned. */
class HandClock implements Clock {
  #now = 0
  #timers: { at: number; callback: () => void }[] = []

  now() {
    return this.#now
  }

  after(ms: number, callback: () => void) {
    const timer = { at: this.#now + ms, callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  async turn(ms: number) {
    await settled()
    const until = this.#now + ms
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0]
      if (!due) break
      this.#timers = this.#timers.filter((timer) => timer !== due)
      this.#now = due.at
      due.callback()
      await settled()
    }
    this.#now = until
  }
}

/** Whoever was told to end has ended, and whoever may start has started. */
async function settled() {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve))
}

/** People whose statements end when they are stopped, or when the test ends them. */
function aPool({ size = 4, perOwner = 2 } = {}) {
  const clock = new HandClock()
  const turns = new Turns({ clock, size, perOwner, shareMs: 1000 })
  const log: string[] = []
  const running = new Map<string, Turn[]>()
  const end = (owner: string) => {
    const turn = running.get(owner)?.shift()
    if (turn) turns.end(turn)
  }
  const ask = (owner: string, timeoutMs = 30_000) =>
    turns.take(owner, { timeoutMs }).then(
      (turn) => {
        log.push(`${owner} runs`)
        running.set(owner, [...(running.get(owner) ?? []), turn])
        turns.begin(turn, () => {
          log.push(`${owner} is stopped at ${clock.now()}`)
          running.set(
            owner,
            running.get(owner)!.filter((other) => other !== turn),
          )
          setImmediate(() => turns.end(turn))
        })
      },
      (error: Error) => log.push(`${owner} gives up: ${error.message}`),
    )
  return { clock, log, ask, end }
}

describe('turns', () => {
  it('come to a newcomer within a share, when twelve people keep every worker busy for ever', async () => {
    const { clock, log, ask } = aPool()
    const people = Array.from({ length: 12 }, (_, i) => `p${i}`)
    for (const person of people) {
      void ask(person)
      void ask(person)
    }
    // Each of them has had a turn by now, and asks for ever more.
    await clock.turn(4000)
    for (const person of people) expect(log).toContain(`${person} runs`)
    log.length = 0
    void ask('newcomer')
    await clock.turn(1000)
    expect(log).toContain('newcomer runs')
    expect(log[0]).toMatch(/is stopped/)
  })

  it('stop nobody while a worker is free, or before they had their share', async () => {
    const { clock, log, ask } = aPool({ size: 2 })
    void ask('a')
    await clock.turn(10_000)
    void ask('b')
    await clock.turn(10_000)
    expect(log).toEqual(['a runs', 'b runs'])
    void ask('c')
    await settled()
    expect(log).toEqual(['a runs', 'b runs', 'a is stopped at 20000', 'c runs'])
    void ask('d')
    await settled()
    expect(log.slice(4)).toEqual(['b is stopped at 20000', 'd runs'])
    void ask('e')
    await clock.turn(999)
    expect(log).toHaveLength(6)
    await clock.turn(1)
    expect(log.slice(6)).toEqual(['c is stopped at 21000', 'e runs'])
  })

  it('are taken first from those who have more than one', async () => {
    const { clock, log, ask } = aPool({ size: 3 })
    void ask('modest')
    await clock.turn(5)
    void ask('greedy')
    void ask('greedy')
    await clock.turn(5)
    void ask('newcomer')
    await clock.turn(1000)
    expect(log.slice(3)).toEqual(['greedy is stopped at 1005', 'newcomer runs'])
  })

  it('come to whoever had none lately before those who had, and to those with none running before the rest', async () => {
    const { log, ask, end, clock } = aPool({ size: 1 })
    void ask('a')
    await settled()
    void ask('a')
    void ask('b')
    await clock.turn(10)
    end('a')
    await settled()
    expect(log).toEqual(['a runs', 'b runs'])
    void ask('c')
    await settled()
    end('b')
    await settled()
    end('c')
    await settled()
    expect(log).toEqual(['a runs', 'b runs', 'c runs', 'a runs'])
  })

  it('are waited for longer by those who had one, and by nobody who has one running', async () => {
    const { log, ask, end, clock } = aPool({ size: 2 })
    void ask('a')
    void ask('b')
    await clock.turn(1)
    end('a')
    void ask('c')
    await clock.turn(1)
    void ask('b')
    await clock.turn(20_000)
    expect(log).toEqual(['a runs', 'b runs', 'c runs'])
    end('b')
    await clock.turn(1)
    void ask('a')
    await clock.turn(2998)
    expect(log.slice(3)).toEqual(['b runs', 'c is stopped at 20003', 'a runs'])
  })

  it('are not taken for somebody who had one before three shares are over', async () => {
    const { log, ask, end, clock } = aPool({ size: 1 })
    void ask('a')
    await clock.turn(1)
    end('a')
    void ask('b')
    await clock.turn(1)
    void ask('a')
    await clock.turn(2998)
    expect(log).toEqual(['a runs', 'b runs'])
    await clock.turn(1)
    expect(log.slice(2)).toEqual(['b is stopped at 3001', 'a runs'])
  })

  it('are waited for as long as the statement may take', async () => {
    const { log, ask, clock } = aPool({ size: 1, perOwner: 1 })
    void ask('a')
    void ask('a', 500)
    await clock.turn(500)
    expect(log).toEqual(['a runs', 'a gives up: too many other statements are running; try again in a moment'])
  })
})
