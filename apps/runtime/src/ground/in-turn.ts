/** So long at a time; then everybody else is served first. */
const turnMs = 6

let waiting: (() => void)[] = []
let next = 0
let turnEnds: number | undefined

/**
 * Does a thing after those that came before it, each with all that follows from it, for a few milliseconds at a time: a
 * hundred runs that are woken together would otherwise go on in one long step. The event loop is the process's, and so
 * is this line in front of it.
 */
export function inTurn(thing: () => void) {
  waiting.push(thing)
  if (turnEnds === undefined) begin()
}

/** For long work: what follows an `await` of it is done in turn. */
export function ourTurn(): Promise<void> {
  return new Promise((resolve) => inTurn(resolve))
}

function begin() {
  turnEnds = performance.now() + turnMs
  process.nextTick(doNext)
}

function doNext() {
  if (next === waiting.length) {
    waiting = []
    next = 0
    turnEnds = undefined
  } else if (performance.now() > turnEnds!) {
    setImmediate(begin)
  } else {
    const thing = waiting[next++]!
    // The next tick comes when every promise that this one settles has been followed up.
    queueMicrotask(() => process.nextTick(doNext))
    thing()
  }
}
