/** Where the error summary's links lead. */
export const fieldId = (name: string, prefix = '') => `${prefix}field-${name}`
