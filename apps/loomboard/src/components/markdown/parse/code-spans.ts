/** Runs of backticks in a text, and which of them close each other: a span ends at the next run of the same length. */
class CodeSpans {
  private readonly starts = new Map<number, number[]>()
  /** How many starts of each length lie behind: who asks goes forwards. */
  private readonly passed = new Map<number, number>()
  private readonly text: string

  constructor(text: string) {
    this.text = text
    for (const { index, 0: run } of text.matchAll(/`+/g)) {
      const known = this.starts.get(run.length)
      if (known) known.push(index)
      else this.starts.set(run.length, [index])
    }
  }

  /** Where the span that is opened by the run at `start` ends; undefined where nothing closes it. */
  endOf(start: number): number | undefined {
    const length = this.runAt(start)
    const starts = this.starts.get(length) ?? []
    let at = this.passed.get(length) ?? 0
    while (at < starts.length && starts[at]! <= start) at++
    this.passed.set(length, at)
    const close = starts[at]
    return close === undefined ? undefined : close + length
  }

  runAt(start: number): number {
    let end = start
    while (this.text[end] === '`') end++
    return end - start
  }
}

/** The text without its code spans, and the run that opens one without closing it. */
export function withoutCode(text: string): { plain: string; open: string | undefined } {
  const spans = new CodeSpans(text)
  let plain = ''
  let from = 0
  let open: string | undefined
  for (let at = text.indexOf('`'); at >= 0; at = text.indexOf('`', from)) {
    const end = spans.endOf(at)
    const run = spans.runAt(at)
    open ??= end === undefined ? text.slice(at, at + run) : undefined
    plain += text.slice(from, end === undefined ? at + run : at)
    from = end ?? at + run
  }
  return { plain: plain + text.slice(from), open }
}
