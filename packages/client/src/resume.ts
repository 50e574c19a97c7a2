/** What a stream is doing: delivering, between two connections, or over. */
export type StreamStatus = 'live' | 'reconnecting' | 'ended'

/** How a stream comes back after its connection broke. */
export interface ResumeOptions {
  /** Attempts in a row without any progress before the failure is thrown. Default 60, about nine minutes. */
  maxAttempts?: number
  /** Milliseconds without a single byte, keepalives included, after which a connection counts as broken. Default 45 000. */
  idleTimeoutMs?: number
  /** Told about every change of state, once each. */
  onStatus?: (status: StreamStatus) => void
}

export interface ResumeSettings {
  maxAttempts: number
  idleTimeoutMs: number
  onStatus: (status: StreamStatus) => void
}

/** The settings of one stream: its own options over the client's. */
export function resumeSettings(
  ofClient: boolean | ResumeOptions = true,
  ofStream: boolean | ResumeOptions = ofClient,
): ResumeSettings {
  const given = { ...optionsOf(ofClient), ...optionsOf(ofStream) }
  return {
    maxAttempts: ofStream === false ? 0 : (given.maxAttempts ?? 60),
    idleTimeoutMs: given.idleTimeoutMs ?? 45_000,
    onStatus: given.onStatus ?? (() => {}),
  }
}

function optionsOf(resume: boolean | ResumeOptions): ResumeOptions {
  return typeof resume === 'object' ? resume : {}
}
