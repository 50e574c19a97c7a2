/** So long at a time. */
const sliceMs = 5

/** A slice that took longer is followed by as long a rest: a small request takes several turns of the event loop. */
const longMs = 2 * sliceMs

const waiting: Array<() => void> = []
let isUnderWay = false

/**
 * A slice of much work begins. In each turn of the event loop there is one, whoever's work it is of: so twenty who ask
 * for much wait for one another, and nobody else waits for more than one of them.
 */
export async function nextSlice(): Promise<void> {
  await new Promise<void>((begin) => {
    waiting.push(begin)
    if (isUnderWay) return
    isUnderWay = true
    setImmediate(beginOne)
  })
}

function beginOne() {
  const begin = waiting.shift()
  isUnderWay = begin !== undefined
  if (!begin) return
  const began = performance.now()
  begin()
  setImmediate(() => {
    const took = performance.now() - began
    if (took > longMs) setTimeout(beginOne, took)
    else beginOne()
  })
}

/** Does work that yields where it can be left for a while, a few milliseconds at a time. */
export async function inSlices<T>(
  work: Generator<unknown, T>,
  clock: Pick<Performance, 'now'> = performance,
): Promise<T> {
  for (;;) {
    await nextSlice()
    const ends = clock.now() + sliceMs
    do {
      const { done, value } = work.next()
      if (done) return value
    } while (clock.now() < ends)
  }
}

/** The same where it is little, or nobody else waits. */
export function inOneGo<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

/** A line in which one is served after the other. */
function newLine() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
}

/**
 * One of many short transactions of somebody's. Of all such one is under way, so that whoever writes a row waits for no
 * more than that.
 */
export const asOneOfMany = newLine()

/** What takes much memory while it is worked on: of all such one is under way, so it never takes many times as much. */
export const alone = newLine()
