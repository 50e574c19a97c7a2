import { isIP } from 'node:net'
import { ConfigError } from '../config.ts'

/** Words for ranges that need no numbers. */
const ranges = new Set(['loopback', 'linklocal', 'uniquelocal'])

/** Addresses and ranges whose `X-Forwarded-…` headers are believed. */
export function checkTrustedProxies(items: string[]): string[] {
  for (const item of items) {
    const [address = '', bits, ...rest] = item.split('/')
    const longest = isIP(address) === 4 ? 32 : 128
    const isRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= longest)
    if (ranges.has(item) || (isIP(address) > 0 && isRange && rest.length === 0)) continue
    throw new ConfigError(
      `LOOMCYCLE_TRUSTED_PROXIES has "${item}" but may hold only addresses and ranges, such as 10.0.0.7, 10.0.0.0/24, fd00::/8 or loopback.`,
    )
  }
  return items
}
