import { edgeOf, type Graph } from '@loomcycle/proto/teams'

/**
 * The states by their numbers, in the order in which a card that is never sent back comes through them; then those that
 * are only reached otherwise, and last those that nothing leads to.
 */
export function orderOf({ states = [], transitions = [], entry }: Graph): number[] {
  const numbers = new Map(states.map(({ state }, i) => [state, i]).toReversed() as [string, number][])
  const next = states.map(({ state }, i) =>
    numbers.get(state) === i
      ? transitions
          .filter(({ from }) => from === state)
          // What is visited last comes first: success before conditions before ways back.
          .sort((a, b) => rankOf(b.on) - rankOf(a.on))
          .flatMap(({ to }) => numbers.get(to) ?? [])
      : [],
  )
  const begin = entry === undefined ? undefined : numbers.get(entry)
  const done = new Set<number>()
  const order: number[] = []
  const visit = (from: number): void => {
    // By hand: a chain of a hundred is no reason to go a hundred calls deep.
    const path = [{ at: from, tried: 0 }]
    done.add(from)
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = next[top.at]![top.tried++]
      if (to === undefined) {
        order.push(top.at)
        path.pop()
      } else if (!done.has(to)) {
        done.add(to)
        path.push({ at: to, tried: 0 })
      }
    }
  }
  if (begin !== undefined) visit(begin)
  order.reverse()
  return [...order, ...[...states.keys()].filter((i) => !done.has(i))]
}

function rankOf(on: string): number {
  const kind = edgeOf(on)?.kind
  return kind === 'success' ? 0 : kind === 'conditional' ? 1 : 2
}
