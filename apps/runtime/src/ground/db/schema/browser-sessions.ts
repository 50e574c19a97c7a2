export interface BrowserSessionsTable {
  /** Names it in lists; the cookie is something else. */
  id: string
  tenant_id: string
  subject: string
  /** SHA-256 of the cookie's value. */
  secret_hash: string
  /** Fingerprint of the token it was made with, and ends with. */
  made_with: string
  created_at: number
  /** To within a few minutes. */
  last_used_at: number
  /** Where it was last used from. */
  address: string
  user_agent: string
}
