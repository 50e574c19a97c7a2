import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tempDir } from '../../../testing/temp-dir.ts'
import { startRuntime } from '../../../testing/test-runtime.ts'

it('answers the address of every page with the web app, whatever somebody has called what it is about', async () => {
  const uiDir = tempDir()
  writeFileSync(join(uiDir, 'index.html'), '<!doctype html><p>The app')
  const runtime = await startRuntime({ config: { uiDir } })
  const answer = async (path: string) => {
    const response = await fetch(`${runtime.url}${path}`)
    return [response.status, (await response.text()).includes('The app')]
  }
  for (const path of ['/', '/chat/s_1', '/agents/team.lead', '/skills/a/b.md', '/volumes/my.vol', '/docs/plan.v2']) {
    expect([path, ...(await answer(path))]).toEqual([path, 200, true])
  }
  for (const path of ['/missing.js', '/icons/missing.png', '/assets/agents/x', '/v1/nothing.here']) {
    expect([path, ...(await answer(path))]).toEqual([path, 404, false])
  }
})
