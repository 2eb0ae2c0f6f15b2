import { words } from './field.ts'

/** Out of these two signs at a time come the names of villages, roads, firms and people: thousands, each rarely met. */
export const firstSigns = [
  ...'沈柏樟枫梧榆槐桐竹荷菱苇芦蒿蔺莘蓼蕨茅芡石岩崖峪岙坳坞垄坪坝埂塘潭渡湾浔溆浦汀洲渚澜泓沁润泽涧滩湫鹭鹤雁鹮雀鹂麓岚岫峦嵛翠黛绛缃黎曦晗暄霁霖霂雯露霜栖杏棠楝桤榕桧椿柚枳茭芰荇荪蕙荻萍菖磐砚磴礁矶屿岬峒岘岑砂阡陌畦圩围洼淀沅澧汭泖涟漪瀚濂漳沄泠骊鹄鸢鸳鹃莺鹞鲤鲫蝉萤',
]
export const secondSigns = [
  ...'家桥头畈岭墩村口店铺庙亭塆窑屋桩渠洞冈岗垅畲畴禾稔穗谷粟麦桑柘梓楸杉楠栎榉枝叶根芽蔓萝芷蘅苓芩菀芸茗薷禄祺祯祥瑞岱嵩峻崧屹铭鉴锦铎铉钧潮汐涛源澄湛溢泊沐沛滨港矶碛碓磨碾寮厝埕埭塍塬梁峁垣堡寨营屯驿阁楼台轩榭廊坊社仓廪库场圃园苑林薮甸原坂隰冲洋阜',
]
export const surnames = [
  ...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳',
]
export const givenSigns = [
  ...'文武志远明亮国强海洋晓红丽娟秀英桂兰建军永胜立新春生玉华金凤德才思源若涵浩然子墨雨桐佳慧宇轩芷承恩守信正义怀',
]

export const trades = words(
  '农业开发 水务 建筑工程 食品 商贸 物业服务 生物科技 茶业 建材 物流 文化传媒 机械制造 环保科技 医药 电子商务 旅游开发 新能源 园林绿化 劳务 测绘 农机 木业 渔业 纺织 矿业 印务 电气设备 粮油',
)

export const villageEnds = ['村', '社区', '村', '村', '林场', '村']
export const roadEnds = ['路', '大道', '街', '巷', '北路', '南路', '环线', '桥']
export const waterEnds = ['河', '水库', '溪', '渠', '山塘', '湖']
