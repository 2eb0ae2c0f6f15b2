/** What Word takes where a face is not installed, the nearest first (S-GWG-25). */
const standIns: Record<string, readonly string[]> = {
  仿宋_GB2312: ['仿宋', 'FangSong', 'FZFangSong-Z02S', 'Noto Serif CJK SC', 'Noto Serif SC'],
  楷体_GB2312: ['楷体', 'KaiTi', 'FZKai-Z03S', 'LXGW WenKai', 'Noto Serif CJK SC'],
  黑体: ['SimHei', 'FZHei-B01S', 'Noto Sans CJK SC', 'Noto Sans SC'],
  方正小标宋简体: ['FZXiaoBiaoSong-B05S', '方正小标宋_GBK', '华文中宋', 'STZhongsong', 'Noto Serif CJK SC'],
  宋体: ['SimSun', 'Noto Serif CJK SC'],
}

const font = (name: string, others: readonly string[]) =>
  `<w:font w:name="${name}"><w:altName w:val="${others.join(';')}"/><w:charset w:val="86"/>` +
  `<w:family w:val="${name === '黑体' ? 'swiss' : 'roman'}"/><w:pitch w:val="fixed"/></w:font>`

export const fontTable =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
  Object.entries(standIns)
    .map(([name, others]) => font(name, others))
    .join('') +
  '<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
