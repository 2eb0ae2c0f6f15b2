/** What a citizen asks of the sample government, and what would have answered the question. */
export interface Judged {
  asked: string
  /** Document number, or the title where there is none → 3 exactly this, 2 answers it too, 1 has to do with it. */
  wanted: Record<string, 1 | 2 | 3>
}

const dibao = '云民〔2026〕15号'
const dibaoRead = '2026年城乡低保和特困供养标准提高解读'
const jiuzhu = '云民规〔2026〕1号'
const jiuzhuRead = '县民政局负责人解读《云溪县临时救助实施办法》'
const yinshui = '云政办规〔2026〕3号'
const yinshuiRead = '《云溪县农村饮水安全运行管理办法》政策解读'
const yinshuiAsked = '农村用水六问六答——《云溪县农村饮水安全运行管理办法》问答'
const gongzufang = '云建规〔2026〕1号'
const gongzufangAsked = '公租房怎么申请、租金怎么交——分配和运营管理细则问答'
const gongzufangList = '2026年第四批公租房申请资格审核结果公示'
const ruxue = '云教〔2026〕12号'
const ruxueAsked = '2026年义务教育招生入学政策问答'
const fuwuqu = '2026年县城义务教育公办学校招生服务区公告'
const tingche = '云政办规〔2026〕2号'
const tingcheOld = '云政办规〔2025〕1号'
const tingcheRead = '图解：《云溪县城区公共停车场管理办法》'
const zhengshou = '云政规〔2025〕1号'
const zhengshouChange = '云政规〔2026〕2号'
const zhengshouRead = '房屋征收与补偿实施办法改了哪三处——修改决定解读'
const shuijia = '云发改规〔2026〕1号'
const shuijiaRead = '《云溪县城镇供水价格管理实施细则》政策解读'
const bianpao = '云政规〔2025〕2号'
const bianpaoAsked = '烟花爆竹燃放管理问答'
const gongjiao = '云政办发〔2025〕20号'
const gongjiaoRead = '视频解读：坐着公交进城去（文字稿）'
const gongjiaoLines = '关于调整部分城乡公交线路的通告'
const zhucan = '云政办发〔2026〕26号'
const zhucanRead = '图解：老年助餐服务怎么吃、怎么补'
const chongdian = '云发改〔2026〕33号'
const chongdianRead = '《云溪县充电基础设施建设三年行动方案（2026—2028年）》解读'
const yishenqing = '云政办规〔2026〕1号'
const yishenqingAsked = '申请公开政府信息，您可能想知道的七个问题'
const jiadian = '云工信规〔2025〕1号'
const laojiu = '云政办发〔2026〕6号'
const laojiuRead = '图解：2026年城镇老旧小区改造'
const yingshang = '云政发〔2026〕8号'
const yingshangTalk = '《云溪县优化营商环境若干措施》新闻发布会文字实录（摘要）'
const jiuye = '云政发〔2025〕6号'
const peixun = '云人社〔2026〕9号'
const jiaoshi = '云溪县2026年公开招聘中小学、幼儿园教师公告'
const shuiku = '云水规〔2025〕1号'
const shuikuRead = '《云溪县小型水库运行管护办法》政策解读'
const yisheng = '云卫〔2025〕14号'
const tijian = '关于开展2026年65周岁及以上老年人免费健康体检的通告'
const tingshui1118 = '关于县城部分区域计划停水的通告'
const tingshuiBailu = '关于白鹭片区供水主管网检修停水的公告'
const nongji = '云农〔2026〕7号'
const guifanxing = '云政办规〔2025〕2号'
const guifanxingRead = '《云溪县行政规范性文件管理办法》政策解读'
const shiwuwu = '云政发〔2026〕3号'
const shiwuwuTalk = '县发展和改革局负责人就“十五五”规划纲要答记者问'
const juece = '云政规〔2026〕1号'
const jueceRead = '专家解读：让重大行政决策有章可循'
const huoche = '云公〔2026〕16号'
const guanzhi = '关于建安路管道改造施工期间实施临时交通管理的通告'
const juesuan = '云溪县2025年财政决算公开'
const yusuan = '云溪县2026年政府预算公开'
const shoufei = '云溪县行政事业性收费目录清单（2026年）'
const cailiaoNianbao = '云溪县人民政府2025年政府信息公开工作年度报告'
const fangxun = '云政办发〔2026〕9号'
const gongshuiYuan = '云政办发〔2026〕41号'
const zaihaiYuan = '云政办发〔2025〕45号'
const diwen = '云政办发〔2026〕27号'
const senlin = '白政〔2025〕31号'
const shipin = '食品安全监督抽检信息通告（2026年第10期）'
const sanxiao = '云市监〔2025〕8号'
const shuizhiOct = '2026年10月县城供水水质检测结果'
const shuizhiQ2 = '云溪县2026年第二季度农村集中供水水质检测结果公告'
const shuizhiQ3 = '云溪县2026年第三季度农村集中供水水质检测结果公告'
const jiuzhuOct = '2026年10月社会救助对象和资金发放情况'
const jiuzhuOld = '云民规〔2024〕1号'

/** Judged before looking at what the engine gives; who adds a question judges it the same way. */
export const judgedQueries: Record<string, Judged[]> = {
  市民的说法: [
    { asked: '低保', wanted: { [dibao]: 3, [dibaoRead]: 3, [jiuzhuOct]: 2 } },
    { asked: '公租房', wanted: { [gongzufang]: 3, [gongzufangAsked]: 3, [gongzufangList]: 2 } },
    { asked: '停水', wanted: { [tingshui1118]: 3, [tingshuiBailu]: 3, [yinshuiRead]: 1 } },
    { asked: '公交', wanted: { [gongjiao]: 3, [gongjiaoLines]: 3, [gongjiaoRead]: 2 } },
    { asked: '水价', wanted: { [shuijia]: 3, [shuijiaRead]: 3, [yinshui]: 1, [yinshuiAsked]: 1 } },
    { asked: '停车费', wanted: { [tingche]: 3, [tingcheRead]: 3, [tingcheOld]: 1 } },
    { asked: '老年食堂', wanted: { [zhucan]: 3, [zhucanRead]: 3 } },
    { asked: '放鞭炮', wanted: { [bianpao]: 3, [bianpaoAsked]: 3 } },
    { asked: '学区', wanted: { [fuwuqu]: 3, [ruxue]: 2, [ruxueAsked]: 2 } },
    { asked: '老人体检', wanted: { [tijian]: 3, [yisheng]: 1 } },
    { asked: '三公经费', wanted: { [juesuan]: 3, [yusuan]: 3 } },
  ],
  文号: [
    { asked: '云政办规〔2026〕3号', wanted: { [yinshui]: 3 } },
    { asked: '云政办规[2026]3号', wanted: { [yinshui]: 3 } },
    { asked: '云民〔2026〕15号', wanted: { [dibao]: 3 } },
    { asked: '云政发 2026 3', wanted: { [shiwuwu]: 3 } },
    { asked: '云建规2026年1号', wanted: { [gongzufang]: 3 } },
    { asked: '〔2026〕33号', wanted: { [chongdian]: 3 } },
    { asked: '请问云公〔2026〕16号文件', wanted: { [huoche]: 3 } },
    { asked: '2025年14号', wanted: { [yisheng]: 3 } },
  ],
  标题: [
    {
      asked: '云溪县农村饮水安全运行管理办法',
      wanted: { [yinshui]: 3, [yinshuiRead]: 2, [yinshuiAsked]: 2 },
    },
    { asked: '《云溪县农村饮水安全运行管理办法》政策解读', wanted: { [yinshuiRead]: 3, [yinshui]: 2 } },
    { asked: '公共停车场管理办法', wanted: { [tingche]: 3, [tingcheRead]: 2, [tingcheOld]: 1 } },
    { asked: '房屋征收与补偿实施办法', wanted: { [zhengshou]: 3, [zhengshouChange]: 3, [zhengshouRead]: 2 } },
    { asked: '烟花爆竹燃放管理规定', wanted: { [bianpao]: 3, [bianpaoAsked]: 2 } },
    { asked: '优化营商环境若干措施', wanted: { [yingshang]: 3, [yingshangTalk]: 2 } },
    { asked: '十五五规划纲要', wanted: { [shiwuwu]: 3, [shiwuwuTalk]: 2 } },
    { asked: '临时救助实施办法', wanted: { [jiuzhu]: 3, [jiuzhuRead]: 2, [jiuzhuOld]: 1 } },
    { asked: '重大行政决策程序规定', wanted: { [juece]: 3, [jueceRead]: 2 } },
    { asked: '2025年政府信息公开年度报告', wanted: { [cailiaoNianbao]: 3 } },
  ],
  拼音: [
    { asked: 'dibao', wanted: { [dibao]: 3, [dibaoRead]: 3, [jiuzhuOct]: 1 } },
    { asked: 'gongjiao', wanted: { [gongjiao]: 3, [gongjiaoLines]: 3, [gongjiaoRead]: 2 } },
    { asked: 'yinshui anquan', wanted: { [yinshui]: 3, [yinshuiRead]: 2, [yinshuiAsked]: 2 } },
    { asked: 'ysaq', wanted: { [yinshui]: 3, [yinshuiRead]: 2, [yinshuiAsked]: 2 } },
    { asked: 'tingche', wanted: { [tingche]: 3, [tingcheRead]: 2, [tingcheOld]: 1 } },
    { asked: 'yanhuabaozhu', wanted: { [bianpao]: 3, [bianpaoAsked]: 3 } },
  ],
  错别字: [
    { asked: '公组房', wanted: { [gongzufang]: 3, [gongzufangAsked]: 3, [gongzufangList]: 2 } },
    { asked: '低宝', wanted: { [dibao]: 3, [dibaoRead]: 3, [jiuzhuOct]: 1 } },
    { asked: '农村引水安全', wanted: { [yinshui]: 3, [yinshuiRead]: 2, [yinshuiAsked]: 2 } },
    { asked: '烟花暴竹', wanted: { [bianpao]: 3, [bianpaoAsked]: 3 } },
    { asked: '义务教育照生', wanted: { [ruxue]: 3, [ruxueAsked]: 3, [fuwuqu]: 3 } },
    { asked: '老旧小曲改造', wanted: { [laojiu]: 3, [laojiuRead]: 3 } },
    { asked: '临时求助', wanted: { [jiuzhu]: 3, [jiuzhuRead]: 2, [jiuzhuOld]: 1 } },
    { asked: '充电庄', wanted: { [chongdian]: 3, [chongdianRead]: 3 } },
  ],
  同义词: [
    { asked: '最低生活保障标准', wanted: { [dibao]: 3, [dibaoRead]: 3 } },
    { asked: '拆迁补偿', wanted: { [zhengshou]: 3, [zhengshouChange]: 2, [zhengshouRead]: 2 } },
    { asked: '公共汽车线路', wanted: { [gongjiaoLines]: 3, [gongjiao]: 2, [gongjiaoRead]: 2 } },
    { asked: '充电桩补助', wanted: { [chongdian]: 3, [chongdianRead]: 3 } },
    { asked: '小孩上学', wanted: { [ruxue]: 3, [ruxueAsked]: 3, [fuwuqu]: 2 } },
    { asked: '红头文件管理', wanted: { [guifanxing]: 3, [guifanxingRead]: 2 } },
    { asked: '买家电补贴', wanted: { [jiadian]: 3 } },
    { asked: '公共租赁住房', wanted: { [gongzufang]: 3, [gongzufangAsked]: 2, [gongzufangList]: 2 } },
    { asked: '卡车禁行', wanted: { [huoche]: 3 } },
    { asked: '老师招聘', wanted: { [jiaoshi]: 3 } },
  ],
  几个词: [
    { asked: '农村 饮水 水费', wanted: { [yinshui]: 3, [yinshuiAsked]: 3, [yinshuiRead]: 2 } },
    { asked: '公租房 租金', wanted: { [gongzufang]: 3, [gongzufangAsked]: 3 } },
    {
      asked: '小型水库 责任人',
      wanted: { 云溪县2026年小型水库安全管理责任人公告: 3, [shuiku]: 2, [shuikuRead]: 2 },
    },
    { asked: '水质检测 10月', wanted: { [shuizhiOct]: 3, [shuizhiQ3]: 1 } },
    { asked: '农村供水 水质 第三季度', wanted: { [shuizhiQ3]: 3, [shuizhiQ2]: 1 } },
    { asked: '高校毕业生 就业 补贴', wanted: { [jiuye]: 3, [peixun]: 2 } },
    { asked: '老旧小区 加装电梯', wanted: { [laojiu]: 3, [laojiuRead]: 3 } },
    { asked: '农机 购置 补贴', wanted: { [nongji]: 3 } },
    { asked: '政府采购 限额 目录', wanted: { 云溪县2026年政府集中采购目录及采购限额标准: 3 } },
  ],
  机构加事情: [
    { asked: '水利局 预算', wanted: { 云溪县水利局2026年部门预算: 3 } },
    { asked: '市场监管局 处罚', wanted: { 县市场监督管理局2026年第三季度行政处罚情况: 3 } },
    { asked: '教育局 招生', wanted: { [ruxue]: 3, [ruxueAsked]: 2, [fuwuqu]: 2 } },
    { asked: '公安局 限行', wanted: { [huoche]: 3 } },
    { asked: '财政局 收费', wanted: { [shoufei]: 3 } },
    { asked: '白鹭乡 防火', wanted: { [senlin]: 3 } },
    { asked: '民政局信息公开指南', wanted: { 云溪县民政局政府信息公开指南: 3 } },
  ],
  一句问话: [
    { asked: '低保怎么申请', wanted: { [dibao]: 2, [dibaoRead]: 2, [jiuzhu]: 1, [jiuzhuRead]: 1 } },
    { asked: '公租房怎么申请', wanted: { [gongzufangAsked]: 3, [gongzufang]: 3, [gongzufangList]: 1 } },
    { asked: '小孩上小学怎么报名', wanted: { [ruxueAsked]: 3, [ruxue]: 3, [fuwuqu]: 2 } },
    { asked: '哪里不能放烟花', wanted: { [bianpao]: 3, [bianpaoAsked]: 3 } },
    {
      asked: '怎么申请信息公开',
      wanted: { [yishenqing]: 3, [yishenqingAsked]: 3, '云政办发〔2026〕45号': 2 },
    },
    { asked: '65岁以上老人坐公交要钱吗', wanted: { [gongjiaoRead]: 3, [gongjiao]: 3 } },
    { asked: '水费多少钱一吨', wanted: { [shuijia]: 3, [shuijiaRead]: 3, [yinshuiAsked]: 2 } },
    { asked: '停车场免费停多久', wanted: { [tingcheRead]: 3, [tingche]: 3, [tingcheOld]: 1 } },
    {
      asked: '家里困难可以申请什么救助',
      wanted: { [jiuzhu]: 3, [jiuzhuRead]: 3, [dibao]: 2, [dibaoRead]: 2 },
    },
    { asked: '换空调有补贴吗', wanted: { [jiadian]: 3 } },
    { asked: '建安路什么时候封路', wanted: { [guanzhi]: 3 } },
  ],
  应急和安全: [
    { asked: '应急预案', wanted: { [gongshuiYuan]: 3, [zaihaiYuan]: 3, [fangxun]: 3 } },
    { asked: '下雪怎么办', wanted: { [diwen]: 3, [zaihaiYuan]: 1 } },
    { asked: '食品抽检不合格', wanted: { [shipin]: 3 } },
    { asked: '小餐饮登记', wanted: { [sanxiao]: 3 } },
    { asked: '防汛', wanted: { [fangxun]: 3, '云水〔2026〕8号': 2 } },
  ],
  后来加的问题: [
    {
      asked: '水库谁负责',
      wanted: { 云溪县2026年小型水库安全管理责任人公告: 3, [shuiku]: 3, [shuikuRead]: 2 },
    },
    { asked: '装电梯', wanted: { [laojiu]: 3, [laojiuRead]: 3 } },
    { asked: '电动汽车充电', wanted: { [chongdian]: 3, [chongdianRead]: 3 } },
    { asked: '注册公司要几天', wanted: { [yingshang]: 3, [yingshangTalk]: 3 } },
    { asked: '看病 家庭医生', wanted: { [yisheng]: 3 } },
    {
      asked: '农村自来水多少钱',
      wanted: {
        [yinshui]: 3,
        [yinshuiAsked]: 3,
        '县水利局局长谈农村供水：钱怎么收、水怎么管': 3,
        [yinshuiRead]: 2,
        '岚政办发〔2026〕33号': 1,
      },
    },
    { asked: '文物保护', wanted: { '云政发〔2025〕12号': 3 } },
    { asked: '培训补贴', wanted: { [peixun]: 3, [jiuye]: 2 } },
    { asked: '听证', wanted: { [juece]: 3, [jueceRead]: 2 } },
    { asked: '临时救助最多给多少', wanted: { [jiuzhu]: 3, [jiuzhuRead]: 3 } },
    { asked: '云溪河防洪', wanted: { 云溪河城区段防洪提升工程堤防主体完工: 3, [fangxun]: 1 } },
    { asked: '秋粮价格', wanted: { 全县秋粮收购平稳有序: 3 } },
    { asked: 'xiaoqugaizao', wanted: { [laojiu]: 3, [laojiuRead]: 3 } },
    { asked: '营尚环境', wanted: { [yingshang]: 3, [yingshangTalk]: 3 } },
    { asked: '污水 厕所', wanted: { '青政〔2026〕13号': 3 } },
    { asked: '2025年财政决算', wanted: { [juesuan]: 3 } },
  ],
}
