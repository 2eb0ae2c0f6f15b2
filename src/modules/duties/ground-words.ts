/** The article behind a rule, as a citizen looks it up; a notice speaks for itself. */
const words: Record<string, string> = {
  'R-CAL-01': '双休日',
  'R-CAL-05': '从次日起按工作日计',
  'R-CAL-06': '从次日起算，届满遇休息日顺延',
  'R-CAL-08': '按小时计，不分休息日',
  'R-REQ-12': '条例第三十条',
  'R-REQ-13': '条例第三十条：补正后重新计算',
  'R-REQ-23': '条例第三十三条：可以延长一次',
  'R-REQ-24': '条例第三十三条：征求意见的时间不计',
}

export const groundWords = (rule: string): string =>
  rule
    .split('；')
    .map(one => words[one] ?? one)
    .join('；')
