/** What shows a site's catalogue is made anew when an item, a link or the negative list changes. */
export const catalogueTag = (siteId: string) => `catalogue:${siteId}`
