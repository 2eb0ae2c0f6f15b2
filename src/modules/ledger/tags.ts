/** What shows the ledgers of a site is made anew when one of them changes. */
export const ledgerTag = (siteId: string) => `ledger:${siteId}`
