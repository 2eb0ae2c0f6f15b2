/** What pages that show the register are made from, beside the publications themselves. */
export const registerTag = (siteId: string) => `normative:${siteId}`
