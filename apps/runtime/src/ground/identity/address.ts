import { isIP } from 'node:net'

/** IPv4 as such, also where a socket takes both kinds. */
export function plainAddress(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
}

/** What one caller can hardly leave: its IPv4 address, or its /64 of IPv6, of which everybody has billions. */
export function neighbourhoodOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::')
  const before = groups(head)
  const after = groups(tail ?? '')
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  const whole = [...before, ...zeros, ...after]
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1'
}

function groups(part: string): string[] {
  return part === '' ? [] : part.split(':')
}
