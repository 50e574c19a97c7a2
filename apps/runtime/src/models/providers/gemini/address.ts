import { withPath } from '../base-url.ts'

/** The version is part of the address for this protocol, and people write it both ways. */
export function geminiAddress(baseUrl: string | undefined): string {
  return withPath(baseUrl || 'https://generativelanguage.googleapis.com', (address) =>
    /\/v\d\w*$/.test(address) ? address : `${address}/v1beta`,
  )
}
