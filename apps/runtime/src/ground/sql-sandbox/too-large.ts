/** What whoever fills a scope is told, whichever database it is. */
export const tooLarge = 'the database is as large as it may be; delete something, or raise sql_quota_bytes'
