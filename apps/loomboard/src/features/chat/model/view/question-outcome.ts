/** Where no event says how a question ended, the result of its call does. */
export function outcomeOfResult(text: string, isError = false) {
  if (isError) {
    const state = /declin/i.test(text) ? 'declined' : /expire|timed? ?out/i.test(text) ? 'expired' : 'cancelled'
    return { state } as const
  }
  const { answer, resolved_by, declined } = membersOf(text)
  if (declined === true) return { state: 'declined' } as const
  return {
    state: 'answered',
    answer: typeof answer === 'string' ? answer : text,
    answeredBy: typeof resolved_by === 'string' ? resolved_by : undefined,
  } as const
}

function membersOf(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
