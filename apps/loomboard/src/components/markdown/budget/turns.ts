/** So much is parsed and drawn in one go, in weights as `weigh` finds them; what is beyond waits for a task of its own. */
const mostAtOnce = 16_000

interface Waiting {
  weight: number
  /** Absent where nobody waits any more. */
  go?: (() => void) | undefined
}

let spent = 0
let isPlanned = false
const waiting: Waiting[] = []

/** Whether this may still be drawn in this task. */
export function takeTurn(weight: number): boolean {
  if (spent > 0 && spent + weight > mostAtOnce) return false
  spent += weight
  plan()
  return true
}

/** Calls back in a task in which there is room for it. Who came last is first: that is where conversations open. */
export function waitForTurn(weight: number, go: () => void): () => void {
  const entry: Waiting = { weight, go }
  waiting.push(entry)
  plan()
  return () => {
    entry.go = undefined
  }
}

function plan(): void {
  if (!isPlanned) setTimeout(begin)
  isPlanned = true
}

function begin(): void {
  isPlanned = false
  spent = 0
  for (let entry = waiting.at(-1); entry && (!entry.go || takeTurn(entry.weight)); entry = waiting.at(-1)) {
    waiting.pop()
    entry.go?.()
  }
}
