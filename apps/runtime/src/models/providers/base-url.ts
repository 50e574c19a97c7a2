/** An address as people write it, with its path as a protocol wants it; what is asked for behind it stays. */
export function withPath(baseUrl: string, change: (address: string) => string): string {
  const [address = '', ...query] = baseUrl.trim().split('?')
  return [change(address.replace(/(?<!\/)\/+$/, '')), ...query].join('?')
}
