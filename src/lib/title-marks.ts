/** A title in its marks; marks inside it become single ones (GB/T 15834): 《〈云溪县供水办法〉政策解读》. */
export const inTitleMarks = (title: string): string =>
  `《${title.replaceAll('《', '〈').replaceAll('》', '〉')}》`
