import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mutations } from './mutations/index.ts'
import { type Mutation, mutated } from './mutations/mutation.ts'
import { ScratchCopy } from './mutations/scratch-copy.ts'
import { root } from './paths.ts'

/** The share that has to be caught. */
const floor = 0.85
const atOnce = 2

const asked = process.argv.slice(2)
const isMeant = ({ name }: Mutation, by: string) => name === by || name.startsWith(`${by}/`)
const unknown = asked.filter((by) => !mutations.some((mutation) => isMeant(mutation, by)))
if (unknown.length > 0) {
  const names = mutations.map(({ name }) => `\n  ${name}`).join('')
  console.error(`There is no mutation ${unknown.join(', ')}; there are:${names}`)
  process.exit(1)
}
const chosen = mutations.filter((mutation) => asked.length === 0 || asked.some((by) => isMeant(mutation, by)))
const stale = chosen.flatMap(problemOf)
if (stale.length > 0) {
  console.error(stale.join('\n'))
  process.exit(1)
}

const started = performance.now()
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(0)} s`
const copies = Array.from({ length: Math.min(atOnce, chosen.length) }, () => new ScratchCopy())
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const copy of copies) copy.remove()
    process.exit(1)
  })
}
const survivors: Mutation[] = []
try {
  const tests = [...new Set(chosen.flatMap((mutation) => mutation.tests))]
  console.log(`${tests.length} files of tests, on the code as it is …`)
  if ((await copies[0]!.test(tests)) !== 'passed') {
    console.error('Tests that fail anyway catch nothing: mend them first.')
    process.exitCode = 1
  } else {
    const queue = [...chosen]
    await Promise.all(copies.map((copy) => tryEach(copy, queue)))
    report()
  }
} finally {
  for (const copy of copies) copy.remove()
}

async function tryEach(copy: ScratchCopy, queue: Mutation[]) {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const since = performance.now()
    const run = await copy.try(next)
    if (run === 'passed') survivors.push(next)
    const verdict = { passed: '✗ survived', failed: '✓ caught', hung: '✓ caught, it hung' }[run]
    console.log(`${verdict}: ${next.name} (${seconds(since)})`)
  }
}

function report() {
  for (const { name, file, find, replacement, tests } of survivors) {
    console.log(`\n✗ ${name}: nothing in ${tests.join(', ')} notices in ${file}\n- ${find}\n+ ${replacement}`)
  }
  const caught = chosen.length - survivors.length
  const share = caught / chosen.length
  console.log(
    `\n${caught} of ${chosen.length} caught, ${(share * 100).toFixed(0)} %; the floor is ${floor * 100} %. It took ${seconds(started)}.`,
  )
  process.exitCode = share >= floor ? 0 : 1
}

function problemOf(mutation: Mutation): string[] {
  try {
    mutated(readFileSync(join(root, mutation.file), 'utf8'), mutation)
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
