import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { aVolume, type TestVolume } from '../../testing/a-volume.ts'

const box = async ({ call }: TestVolume, command: string, input: object = {}) =>
  (await call('Bashbox', { command, ...input })).text

describe('Bashbox', () => {
  it('has the files of the volume and the usual tools', async () => {
    const volume = aVolume({ files: { 'a.txt': 'b\na\n', 'n.json': '{"x":[1,2]}' } })
    const said = await box(
      volume,
      `pwd; sort a.txt | head -1; jq -c .x n.json; awk '{ n++ } END { print n }' a.txt; echo ü > dir.txt
      mkdir -p d/e && mv dir.txt d/e/f && cp -r d g && rm -r d && find . -type f | sort; echo oops >&2; wc -c < g/e/f`,
    )
    expect(said.split('\n')).toEqual(['/work', 'a', '[1,2]', '2', './a.txt', './g/e/f', './n.json', 'oops', '3', ''])
    expect(readFileSync(join(volume.dir, 'g/e/f'), 'utf8')).toBe('ü\n')
  })

  it('says how it ended, and forgets everything but files', async () => {
    const volume = aVolume()
    expect(await volume.call('Bashbox', { command: 'X=1; cd /tmp; touch here; exit 4' })).toEqual({
      text: '[exit: exit status 4]',
      isError: true,
    })
    expect(await box(volume, 'echo "$X"; pwd; ls /tmp')).toBe('\n/work\n')
  })

  it('lays what a script does over a volume that may only be read', async () => {
    const files = { 'a.txt': 'old\n', 'd/b': 'b', 'd/c': 'c' }
    const volume = aVolume({ mode: 'ro', files })
    const said = await box(
      volume,
      `echo new > a.txt; echo more >> d/b; rm d/c; mkdir -p x/y; mv d/b x/y/z; chmod 600 a.txt; cat a.txt x/y/z; find . -type f | sort; rm -r d; ls; mkdir d; ls d`,
    )
    expect(said.split('\n')).toEqual(['new', 'bmore', './a.txt', './x/y/z', 'a.txt', 'x', ''])
    expect(await box(volume, 'cat a.txt d/*')).toBe('old\nbc')
    expect(readdirSync(volume.dir).sort()).toEqual(['a.txt', 'd'])
  })

  it('has nothing of the machine: no programs, no files, no network, no environment', async () => {
    process.env.LOOMCYCLE_TEST_SECRET = 'do not tell'
    onTestFinished(() => void delete process.env.LOOMCYCLE_TEST_SECRET)
    const volume = aVolume()
    writeFileSync(join(volume.outside, 'secret'), 'do not tell')
    symlinkSync('../secret', join(volume.dir, 'link'))
    const said = await box(
      volume,
      `env; cat /etc/passwd; cat ${volume.outside}/secret; cat /work/../secret; cat link; cat /proc/self/environ; curl -s http://127.0.0.1; python3 -c 1; node -e 1; cat /proc/self/root/etc/passwd
      ln -s ../secret own; cat own; ln -s /etc/passwd own; cat own; ln link hard; cat hard; true`,
    )
    expect(said).not.toContain('do not tell')
    expect(said).not.toContain('root:')
    expect(said).toContain('curl: command not found')
    expect(readdirSync(volume.dir)).toEqual(['link'])
  })

  it('ends with its time, in the middle of whatever it does', async () => {
    const volume = aVolume()
    const timed = await volume.call('Bashbox', { command: 'sleep 100', timeout_seconds: 1 })
    expect(timed).toEqual({ text: '[killed: it took longer than 1 s]', isError: true })
    const gone = new AbortController()
    const called = volume.call('Bashbox', { command: 'while true; do :; done' }, gone.signal)
    gone.abort(new Error('cancelled'))
    await expect(called).rejects.toThrow('cancelled')
  })

  it('keeps the first 1 MiB of what it says', async () => {
    const { text } = await aVolume().call('Bashbox', { command: 'printf "%02000000d" 0' })
    expect(text).toBe(`${'0'.repeat(1024 * 1024)}\n[output truncated at 1048576 bytes]`)
  })
})

describe('programs of the machine', () => {
  it('are those that were named, with an environment that scripts do not see', async () => {
    const volume = aVolume({
      hostCommands: ['uname', 'env', 'cat'],
      hostEnv: { TOKEN: 'for env alone' },
      files: { 'd/a': 'a' },
    })
    expect(await box(volume, 'uname')).toBe('Linux\n')
    expect(await box(volume, 'env | grep TOKEN; echo "[$TOKEN]"; id')).toMatch(/^TOKEN=for env alone\n\[\]\nbash: id/)
    expect(await box(volume, 'cd d; echo ü | cat - a; cat nothing; echo $?')).toMatch(/^ü\na.*nothing.*\n1\n$/s)
  })

  it('are not there where the volume may only be read', async () => {
    const volume = aVolume({ mode: 'ro', hostCommands: ['uname'] })
    expect(await box(volume, 'uname')).toContain('uname: command not found')
  })
})
