import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { askLoopDelay, measuringLoopDelay } from './asked-loop-delay.ts'
import { atMost, type Benchmark, type Measurement, median } from './benchmark.ts'
import { residentMiB } from './resident.ts'
import { readStream } from './stream.ts'

const folders = 1000
const filesInEach = 100
const rounds = 7

/** Each ends after all the files have been looked at; what is found is little. */
const searches = {
  glob: { name: 'Glob', input: { pattern: '**/*.md' } },
  grep: { name: 'Grep', input: { pattern: 'a needle of \\d+', output_mode: 'content' } },
}
const limits = { glob: 1000, grep: 2000 }

/** What it takes agents to search a volume of very many files, and whether anybody else notices. */
export const fileSearches: Benchmark = {
  name: 'searches',
  async run() {
    const files = mkdtempSync(join(tmpdir(), 'loomcycle-bench-'))
    fill(files)
    const scenes = Object.entries(searches).map(([match, call]) => ({
      match,
      turns: [{ tool_calls: [call] }, { text: 'That is all there is.' }],
    }))
    const runtime = await startRuntime({
      config: {
        volumes: { files: { path: files, default: true } },
        agents: {
          searcher: { provider: 'scripted', model: 'searcher', tools: ['Glob', 'Grep'], volumes: ['files'] },
        },
      },
      scripts: { searcher: { scenes } },
      env: measuringLoopDelay,
    })
    const search = async (prompt: string) => {
      const body = { agent: 'searcher', prompt }
      const { text, endedAfter } = await readStream({ url: `${runtime.url}/v1/runs`, method: 'POST', body })
      if (!/here is a needle of|newest of/.test(text)) throw new Error(`nothing was found: ${text}`)
      return endedAfter
    }
    try {
      const rows: Measurement[] = []
      const before = residentMiB(runtime.pid)
      for (const kind of ['glob', 'grep'] as const) {
        await search(kind)
        const times: number[] = []
        for (let round = 0; round < rounds; round++) times.push(await search(kind))
        const { name } = searches[kind]
        rows.push(atMost(`${name} over ${folders * filesInEach} files, p50`, median(times), limits[kind], 'ms'))
      }
      await askLoopDelay(runtime)
      await Promise.all(['glob', 'grep', 'glob', 'grep'].map(search))
      const { p99 } = await askLoopDelay(runtime)
      const added = residentMiB(runtime.pid) - before
      return [
        ...rows,
        atMost('event-loop delay while four of them run, p99', p99, 10, 'ms'),
        atMost('memory that they have added (RSS)', added, 128, 'MB'),
      ]
    } finally {
      await runtime.stop()
      rmSync(files, { recursive: true, force: true })
    }
  },
}

function fill(root: string) {
  const words = 'What is written here is about nothing, and goes on for a while.\n'.repeat(16)
  for (let n = 0; n < folders; n++) {
    const folder = join(root, `area-${n % 10}`, `topic-${n}`)
    mkdirSync(folder, { recursive: true })
    for (let at = 0; at < filesInEach; at++) {
      const found = at === 50 && n % 20 === 0 ? `here is a needle of ${n}\n` : ''
      writeFileSync(join(folder, `note-${at}.md`), words + found)
    }
  }
}
