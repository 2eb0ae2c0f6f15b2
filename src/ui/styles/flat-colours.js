/**
 * daisyUI mixes its shades in the browser, by color-mix() and oklch(), which Chrome 109 does not know, and states a
 * fall-back for most of them. Our own sheets state every shade they use outright; so the mixed ones are taken out, and
 * the newest browser shows what the oldest one shows. A visitor for lightningcss; bin/build.js hands it over.
 */
export const flatColours = {
  Rule: {
    supports(rule) {
      const { condition } = rule.value
      return condition.type === 'declaration' && condition.value.startsWith('color-mix(') ? [] : undefined
    },
  },
  // shadows and lights whose strength is --depth, which is 0 here
  Function: {
    oklch: () => transparent,
    'color-mix': () => transparent,
  },
}

const transparent = { type: 'color', value: { type: 'rgb', r: 0, g: 0, b: 0, alpha: 0 } }
