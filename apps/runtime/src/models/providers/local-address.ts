import { BlockList, isIP } from 'node:net'

const near = new BlockList()
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  // Private networks over the public one, such as Tailscale's.
  ['100.64.0.0', 10],
] as const) {
  near.addSubnet(network, prefix, 'ipv4')
}
near.addAddress('::1', 'ipv6')
near.addSubnet('fc00::', 7, 'ipv6')
near.addSubnet('fe80::', 10, 'ipv6')

/** Whether a model runs on somebody's own machine, where it may first have to be loaded and reads slowly. */
export function isLocalAddress(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) return false
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  if (family !== 0) return near.check(host, family === 6 ? 'ipv6' : 'ipv4')
  // Names without a dot are those of neighbours: of containers, say.
  return !host.includes('.') || /\.(local|localhost|lan|internal|home\.arpa)$/.test(host)
}
