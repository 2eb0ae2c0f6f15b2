/** A page that follows long work loads itself again after so many seconds; without script there is a link for it. */
const seconds = Number(document.querySelector<HTMLElement>('[data-refresh-after]')?.dataset.refreshAfter ?? 0)
if (seconds > 0) setTimeout(() => location.reload(), seconds * 1000)
