/** Pages that tell how far the log is signed. */
export const logTag = 'log'
