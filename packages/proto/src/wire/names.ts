/** Response header that names the error's code, whatever envelope the body has. */
export const ERROR_CODE_HEADER = 'Loomcycle-Error'

/** Followed by `_` and the port of the address the browser uses; over TLS, `__Host-` comes before it. */
export const SESSION_COOKIE = 'loomcycle_session'
