import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { aVolume } from '../testing/a-volume.ts'
import { Processes } from './processes.ts'

/** Resolves once it is so. */
async function until(isSo: () => boolean) {
  while (!isSo()) await setTimeout(5)
}

/** Whether a process goes on whose command line has this in it. */
function goesOn(marker: string): boolean {
  return processesWith(marker).length > 0
}

function processesWith(marker: string): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return pids.filter((pid) => {
    try {
      return pid !== process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(marker)
    } catch {
      return false
    }
  })
}

let last = 1_000_000 + (process.pid % 1000) * 1000
/** A number of seconds that nobody else sleeps; nor does anybody when the test is over, whatever came of it. */
function nobodysSleep(): string {
  const seconds = String(++last)
  onTestFinished(() => {
    for (const pid of processesWith(seconds)) process.kill(pid, 'SIGKILL')
  })
  return seconds
}

describe('Bash', () => {
  it('runs a command in the volume, and says all it said in order', async () => {
    const { call, dir } = aVolume({ files: { 'a.txt': 'ü\n' } })
    expect(await call('Bash', { command: 'cat a.txt; echo no >&2; echo yes; pwd; echo x > b' })).toEqual({
      text: `ü\nno\nyes\n${dir}\n`,
    })
    expect(readFileSync(join(dir, 'b'), 'utf8')).toBe('x\n')
  })

  it('has PATH in its environment and what the operator named, and nothing of this process', async () => {
    process.env.LOOMCYCLE_TEST_SECRET = 'do not tell'
    onTestFinished(() => void delete process.env.LOOMCYCLE_TEST_SECRET)
    const { text } = await aVolume().call('Bash', { command: 'env' })
    const names = text
      .trim()
      .split('\n')
      .map((line) => line.slice(0, line.indexOf('=')))
    expect(names.filter((name) => !['PATH', 'PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual([])
    expect(text).not.toContain('do not tell')
  })

  it('says how it ended', async () => {
    const { call } = aVolume()
    expect(await call('Bash', { command: 'echo a; exit 3' })).toEqual({
      text: 'a\n[exit: exit status 3]',
      isError: true,
    })
    expect(await call('Bash', { command: 'kill -TERM $$' })).toEqual({ text: '[killed: by SIGTERM]', isError: true })
    expect(await call('Bash', { command: 'nobody-knows-this' })).toMatchObject({
      text: expect.stringMatching(/not found\n\[exit: exit status 127\]$/),
      isError: true,
    })
  })

  it('keeps the first 1 MiB of what it says, and goes on', async () => {
    const { call, dir } = aVolume()
    const { text } = await call('Bash', { command: 'head -c 3000000 /dev/zero | tr "\\0" x; touch done' })
    expect(text).toBe(`${'x'.repeat(1024 * 1024)}\n[output truncated at 1048576 bytes]`)
    expect(existsSync(join(dir, 'done'))).toBe(true)
  })

  it('is killed after its time with all it started', async () => {
    const [a, b] = [nobodysSleep(), nobodysSleep()]
    const { text, isError } = await aVolume().call('Bash', {
      command: `echo begun; sleep ${a} & sleep ${b} | cat`,
      timeout_seconds: 1,
    })
    expect([text, isError]).toEqual(['begun\n[killed: it took longer than 1 s]', true])
    expect([goesOn(a), goesOn(b)]).toEqual([false, false])
  })

  it('leaves nothing running when it is over, in its group or out of it', async () => {
    const [a, b, c] = [nobodysSleep(), nobodysSleep(), nobodysSleep()]
    const leaving = `sleep ${a} & setsid sleep ${b} & (setsid nohup env -i sleep ${c} >/dev/null 2>&1 &) ; while ! pgrep -f "sleep ${c}" >/dev/null; do :; done; echo left`
    expect(await aVolume().call('Bash', { command: leaving })).toEqual({ text: 'left\n' })
    expect([goesOn(`sleep\0${a}`), goesOn(`sleep\0${b}`), goesOn(`sleep\0${c}`)]).toEqual([false, false, false])
  })

  it('ends when nobody wants it any more, and when the runtime stops', async () => {
    const { call, processes, dir } = aVolume()
    for (const end of ['cancel', 'stop']) {
      const seconds = nobodysSleep()
      const gone = new AbortController()
      const called = call('Bash', { command: `setsid sleep ${seconds} & touch ${end}; wait` }, gone.signal)
      called.catch(() => {})
      await until(() => existsSync(join(dir, end)) && goesOn(`sleep\0${seconds}`))
      if (end === 'cancel') gone.abort(new Error('cancelled'))
      else await processes.close()
      await expect(called).rejects.toThrow(end === 'cancel' ? 'cancelled' : 'the runtime stops')
      expect(goesOn(`sleep\0${seconds}`)).toBe(false)
    }
  })

  it('ends with a process that is killed, and what had left its group with the next one', async () => {
    const { outside } = aVolume()
    const [a, b] = [nobodysSleep(), nobodysSleep()]
    const markers = join(outside, 'shells')
    const script = `import { Processes } from ${JSON.stringify(join(import.meta.dirname, 'processes.ts'))}
      await new Processes(${JSON.stringify(markers)}).run({ argv: ['/bin/sh', '-c', 'sleep ${a} & setsid sleep ${b} & wait'],
        cwd: '/', env: { PATH: process.env.PATH }, joinsErrors: true, timeoutMs: 100000, mostBytes: 10, signal: new AbortController().signal })`
    const runtime = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' })
    onTestFinished(() => void runtime.kill('SIGKILL'))
    await until(() => goesOn(`sleep\0${a}`) && goesOn(`sleep\0${b}`))
    runtime.kill('SIGKILL')
    await until(() => !goesOn(`sleep\0${a}`))
    expect(goesOn(`sleep\0${b}`)).toBe(true)
    await new Processes(join(outside, 'others')).recover()
    expect(goesOn(`sleep\0${b}`)).toBe(true)
    await new Processes(markers).recover()
    await until(() => !goesOn(`sleep\0${b}`))
  })

  it('begins in the folder that was found, whatever has its name by then', async () => {
    const { call, dir, outside } = aVolume({ files: { here: '' } })
    execFileSync('mkdir', [join(outside, 'other')])
    expect((await call('Bash', { command: `mv ${dir} ${outside}/moved; ln -s other ${dir}; ls` })).text).toBe('here\n')
  })
})
