/** The version is part of the address for this protocol, and people write it both ways. */
export function geminiAddress(baseUrl: string | undefined): string {
  const trimmed = (baseUrl || 'https://generativelanguage.googleapis.com').trim().replace(/(?<!\/)\/+$/, '')
  return /\/v\d\w*$/.test(trimmed) ? trimmed : `${trimmed}/v1beta`
}
