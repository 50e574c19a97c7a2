/** Response header that names the error's code, whatever envelope the body has. */
export const ERROR_CODE_HEADER = 'Loomcycle-Error'

export const SESSION_COOKIE = 'loomcycle_session'
