/** What scripts add to every public page: remembered ways of reading, reading aloud, leaving dialog, print, copy. */
import { askBeforeLeaving } from './reading/leaving.ts'
import { applyPreferences, takeSwitches } from './reading/preferences.ts'
import { offerReadingAloud } from './reading/read-aloud.ts'
import { offerCopyAndPrint } from './reading/tools.ts'

// Before the page is painted, where the browser waits for us.
applyPreferences()

function wire() {
  takeSwitches()
  askBeforeLeaving()
  offerCopyAndPrint()
  offerReadingAloud()
}
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', wire)
else wire()
