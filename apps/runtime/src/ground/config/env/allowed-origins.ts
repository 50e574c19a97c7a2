import { ConfigError } from '../config.ts'

/** A scheme, a host and perhaps a port, as browsers and shells of apps send it. */
const originPattern = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]+$/

export function checkAllowedOrigins(items: string[]): string[] {
  const origins = items.map((item) => item.toLowerCase())
  const [wrong] = origins.filter((origin) => !originPattern.test(origin))
  if (wrong === undefined) return origins
  throw new ConfigError(
    `LOOMCYCLE_ALLOWED_ORIGINS has "${wrong}" but may hold only origins, such as https://app.example, http://localhost:5173 or tauri://localhost.`,
  )
}
