import { BlockList, isIPv6 } from 'node:net'
import { ConfigError, type ListenAddress } from '../config.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/**
 * Reads `host:port`, `[::1]:port`, or `:port`, which is loopback: whoever wants other machines to connect says so.
 * Beyond loopback a token must be set, since anyone who can connect could run agents.
 */
export function readListenAddress(value: string, hasToken: boolean): ListenAddress {
  const match = /^(?:\[(?<v6>[^\]]*)\]|(?<name>[^:\s/[\]]*)):(?<port>\d{1,5})$/.exec(value)
  const port = Number(match?.groups?.port)
  const host = match?.groups?.v6 ?? (match?.groups?.name || '127.0.0.1')
  if (!match || port > 65_535 || (match.groups?.v6 !== undefined && !isIPv6(host))) {
    throw new ConfigError(
      `LOOMCYCLE_LISTEN_ADDR is "${value}" but must be host:port, such as 127.0.0.1:8787, [::1]:8787 or :0 for any free port.`,
    )
  }
  if (!hasToken && !isLoopback(host)) {
    throw new ConfigError(
      `LOOMCYCLE_LISTEN_ADDR is "${value}", which other machines can reach; set LOOMCYCLE_AUTH_TOKEN as well, or listen on 127.0.0.1.`,
    )
  }
  return { host, port }
}

function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true
  return loopback.check(host, isIPv6(host) ? 'ipv6' : 'ipv4')
}
