/**
 * Classes by which the body of an official document is laid out. One list for the server, which cleans every body, and for
 * the editor in the browser.
 */
export const officialClasses = [
  'align-left',
  'align-center',
  'align-right',
  'addressee',
  'signature',
  'attachments',
  'attachment',
  'document-title',
]
