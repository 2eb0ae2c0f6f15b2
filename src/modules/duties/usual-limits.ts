/** Limits of the master table (rules §15) that citizens and officers look up most. */
export const usualLimits = [
  { label: '答复信息公开申请', amount: 20, unit: 'working-days', ground: '条例第三十三条' },
  { label: '一次性告知补正', amount: 7, unit: 'working-days', ground: '条例第三十条' },
  { label: '第三方回复征求意见', amount: 15, unit: 'working-days', ground: '条例第三十二条' },
  { label: '主动公开', amount: 20, unit: 'working-days', ground: '条例第二十六条' },
  { label: '许可和处罚决定公示', amount: 7, unit: 'working-days', ground: '双公示' },
  { label: '政策解读', amount: 3, unit: 'working-days', ground: '政策公布以后' },
  { label: '申请行政复议', amount: 60, unit: 'days', ground: '行政复议法' },
  { label: '提起行政诉讼', amount: 6, unit: 'months', ground: '行政诉讼法第四十六条' },
  { label: '重大决策征求意见（至少）', amount: 30, unit: 'days', ground: '重大行政决策程序暂行条例' },
  { label: '规范性文件备案', amount: 15, unit: 'days', ground: '国发〔2008〕17号' },
] as const
