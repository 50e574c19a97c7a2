import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runCommand } from './run-command.ts'

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser']
const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The path of a Chromium to test with; installs one where there is none. */
export async function ensureChromium(): Promise<string> {
  const present = process.env.CHROMIUM_PATH ?? installedChromium() ?? (await playwrightsChromium())
  if (present) return present

  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log('no Chromium found: installing the distribution’s')
    await runCommand('apt-get', ['update'])
    await runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    })
    const installed = installedChromium()
    if (installed) return installed
  }

  console.log('no Chromium found: installing Playwright’s')
  await runCommand('playwright', ['install', '--with-deps', 'chromium'])
  const installed = await playwrightsChromium()
  if (!installed) throw new Error('No Chromium could be installed; set CHROMIUM_PATH to the one to test with.')
  return installed
}

function installedChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...candidates, ...macPaths].find((path) => existsSync(path) && runs(path))
}

/** Ubuntu has a `chromium-browser` that only says where to get one. */
function runs(path: string): boolean {
  return spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0
}

async function playwrightsChromium(): Promise<string | undefined> {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return existsSync(path) ? path : undefined
}
