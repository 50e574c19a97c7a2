/**
 * A link may bring the token behind `#`, where no server and no log sees it. It is taken out of the address before
 * anything else reads that.
 */
export const tokenFromAddress: string | null = new URLSearchParams(location.hash.slice(1)).get('token')

if (tokenFromAddress) history.replaceState(history.state, '', location.pathname + location.search)
