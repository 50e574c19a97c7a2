// Has a worker do each line of what it is asked, some at once, and has one agent put together what they said.
// The order, the batches and what becomes of failures are decided here, so that no model has to.
const batch = 4

function run({ prompt, metadata }) {
  const items = prompt
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  if (items.length === 0) return { final_text: 'There is nothing to do: say one thing a line.' }
  const done = []
  for (let at = 0; at < items.length; at += batch) {
    const part = items.slice(at, at + batch)
    const { results } = Agent.parallel_spawn({ spawns: part.map((item) => ({ name: 'worker', prompt: item })) })
    for (const { index, ok, output, error } of results) done.push({ item: part[index], ok, said: ok ? output : error })
    Memory.set({ scope: 'user', key: 'fan-out/progress', value: { done: done.length, of: items.length } })
  }
  const failed = done.filter(({ ok }) => !ok)
  if (failed.length === done.length) throw new Error(`all ${done.length} failed, the first with: ${failed[0].said}`)
  const summary = Agent.spawn({ name: 'editor', prompt: JSON.stringify(done.filter(({ ok }) => ok)) })
  const counter = Memory.incr({ scope: 'user', key: 'fan-out/runs', delta: 1 })
  return {
    final_text: [
      summary,
      ...failed.map(({ item, said }) => `Not done: ${item} (${said})`),
      `${done.length - failed.length} of ${done.length}, run ${counter.value} for ${metadata.user_id}`,
    ].join('\n'),
  }
}
