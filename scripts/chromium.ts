import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runCommand } from './run-command.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The path of a Chromium to test with; installs one where there is none. */
export async function ensureChromium(): Promise<string> {
  const present = process.env.CHROMIUM_PATH ?? installedChromium()
  if (present) return present

  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log('no Chromium found: installing Debian’s')
    await runCommand('apt-get', ['update'])
    await runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    })
    const installed = installedChromium()
    if (installed) return installed
  }

  console.log('no Chromium found: installing Playwright’s')
  await runCommand('playwright', ['install', '--with-deps', 'chromium'])
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  if (!existsSync(path)) throw new Error('No Chromium could be installed; set CHROMIUM_PATH to the one to test with.')
  return path
}

function installedChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...candidates, ...macPaths].find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
