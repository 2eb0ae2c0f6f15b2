/** Sentences of the running text, the usual ones first. {act} and the like are filled in. */
export const running = `
各乡镇、各有关单位要{attitude}{gact}，{gact}，确保{result}。
要{attitude}{act}，{act}，做到{goal}。
{group}要按照职责分工，{act}，{gact}。
{dept}负责{duty}，{dept}配合做好{act}工作。
{date}前，{town}等乡镇要{act}，{indicator}。
针对{problem}、{problem}等问题，要{attitude}{act}，{gact}，限期整改到位。
{actor}应当{act}，不得以任何理由推诿拖延。
坚持{principle}，{attitude}抓好{topic}各项工作，确保{goal}。
对{fault}的，{sanction}。
{since}，我县{topic}工作总体平稳，但{problem}、{problem}等问题仍然存在，必须引起高度重视。
对{actor}反映的{problem}问题，由{dept}会同{dept}在{days}个工作日内核实并反馈。
县财政安排{amount}，用于{project}和{topic}等支出，资金实行专账核算。
{actor}、{actor}是{topic}的直接责任主体，要{act}。
采取{form}、{form}等方式，对{topic}落实情况开展检查，每月不少于{n}次。
到{next}年底，全县{indicator}，{indicator}，{goal}。
{town}{village}要结合实际{act}，为全县积累经验。
重点{act}，同步{act}，{attitude}解决{problem}问题。
要充分利用广播、宣传栏、政务新媒体等载体，宣传{topic}的政策和知识，营造良好氛围。
工作中遇到的重大问题，要及时向{organ}报告。
严禁{fault}，一经查实，{sanction}。
建立{topic}工作台账，逐一明确整改措施、责任人和完成时限，办结一项销号一项。
{dept}、{dept}要建立会商机制，共享{topic}信息，形成工作合力。
请于{date}前将工作方案、责任人员名单和联系方式报{organ}。
{project}要严格履行基本建设程序，抓好质量、安全和进度，力争{date}前完工。
符合条件的{actor}可以提出申请，经{village}公示{days}天无异议后，报乡镇人民政府审核。
{act}由{dept}组织实施，所需经费从{topic}专项经费中列支。
对工作成效明显的单位，在安排项目和资金时予以倾斜；对进展缓慢的，予以约谈。
{town}、{town}、{town}要把{topic}摆上重要位置，主要负责同志亲自部署、亲自督促。
要抓住{month}月至{month}月的有利时机，{act}，{act}。
{actor}应当如实填报有关数据，{organ}将组织抽查，抽查比例不低于{percent}%。
在{water}、{road}等重点部位增派人员，{act}，发现问题立即处置。
鼓励{actor}与{actor}开展合作，{attitude}推动{topic}转型升级。
{before}，{dept}对{village}进行了{form}，发现{problem}{n}处，已督促整改{percent}%。
充分发挥{actor}的作用，{act}，让群众看到变化、得到实惠。
对{company}存在的{problem}问题，责成{dept}依法处理，结果向社会公布。
要主动接受人大、政协和社会各界的监督，认真听取{actor}的意见和建议。
聘请专业机构对{project}进行评估，评估结果作为下一年度资金安排的重要依据。
坚持问题导向，{front}{basis}，{attitude}补齐{topic}短板。
县、乡、村三级要层层签订责任书，把{act}的任务分解到岗、落实到人。
对季节性、反复性强的{problem}，要加密巡查频次，坚决防止反弹。
{project}涉及的征地拆迁、水电接入等事项，由{town}负责协调解决。
加强与{dept}的衔接，做好{topic}统计监测，按季度分析运行情况。
从{year}年起，用{n}个月左右时间，在全县{act}，{attitude}提升{topic}水平。
因{problem}造成损失或者不良影响的，依法依规追究有关单位和人员的责任。
{company}、{company}等企业要带头履行社会责任，{act}。
对新增的{problem}点位实行动态管理，每{days}天更新一次清单。
开展{topic}知识竞赛和技能比武，培训{actor}不少于{n}期。
将{topic}纳入{next}年度目标管理考核，考核办法另行制定。
各村（社区）要在公开栏张贴{topic}有关内容，设立举报电话{phone}。
遇有突发情况，{dept}应当在{n}小时内赶到现场，先行处置，同时报告县人民政府。
{road}、{road}沿线和{water}周边为本次工作的重点区域。
探索推行“网格员+志愿者”模式，引导{actor}参与{act}。
经费实行“先建后补、以奖代补”，验收合格后拨付{percent}%，运行满一年后拨付余款。
责任股室要加强对{actor}的业务指导，及时解答{topic}政策疑问。
{town}{village}的做法是{act}、{act}，值得各地学习借鉴。
对年老体弱、行动不便的群众，由{village}安排专人上门服务，代为办理。
涉及商业秘密、个人隐私的信息，应当依法予以保护，不得擅自公开。
对{actor}开展信用评价，评价结果分为优、良、一般、差四个等级。
{person}同志负责日常工作，联系电话{phone}。
要注意保存影像、票据和原始记录，做到{topic}全过程留痕、可追溯。
`

/** Articles of a set of rules. */
export const articles = `
{dept}是{topic}的主管部门，负责{duty}；{dept}、{dept}等部门按照各自职责做好相关工作。
{actor}应当{act}，并对其真实性、合法性负责。
申请人应当向所在地乡镇人民政府提交{material}、{material}和{material}。
乡镇人民政府应当自收到申请之日起{days}个工作日内完成初审，并将结果在{village}等所在村公示{days}天。
{topic}实行年度评价制度，评价内容包括{goal}、{indicator}等情况。
{actor}不得有下列行为：{fault}；{fault}；{fault}。
违反本规定，{fault}的，由{dept}{sanction}；构成犯罪的，依法追究刑事责任。
{topic}工作坚持{principle}的原则。
县财政部门应当将{topic}经费纳入年度预算，并对使用情况进行监督。
任何单位和个人有权对{problem}等行为进行举报，受理单位应当在{days}个工作日内答复。
{project}竣工后，由{dept}组织验收；验收不合格的，责令限期整改。
补助资金按照每年不超过{amount}的总额控制，标准由{dept}会同财政部门另行确定。
{actor}应当建立档案，保存期限不少于{n}年。
有下列情形之一的，不予受理：（一）{fault}；（二）存在{problem}；（三）资料不齐且逾期未补正。
{dept}应当定期{act}，发现{problem}的，应当立即处理。
对在{topic}工作中做出显著成绩的{actor}，按照有关规定给予表扬。
{actor}之间发生争议的，可以申请{town}人民政府调解。
县人民政府建立{topic}联席会议制度，研究解决重大事项，每年召开不少于{n}次会议。
{dept}应当在门户网站公开办理条件、程序、时限和结果，方便群众查询。
因不可抗力不能按期完成的，{actor}应当在{days}日内书面说明情况，经批准可以延期。
本县行政区域内的{topic}活动，应当遵守国家和省、市有关规定。
{dept}应当委托具备资质的机构{act}，所需费用不得向{actor}收取。
采取{form}、{form}等方式进行监督检查，检查结果作为资金安排的依据。
{actor}享有知情、参与和监督的权利，应当履行{act}的义务。
`

/** What an announcement tells the public. */
export const announcements = `
施工时间：{date}至{date}，请过往车辆和行人提前绕行{road}。
凡在{village}、{village}范围内从事相关活动的单位和个人，应当自觉遵守本公告。
禁止在{water}、{road}沿线{fault}。
{actor}应当在{date}前自行改正，逾期由{dept}依法处理。
公告期内如有异议，请以书面形式向{organ}反映，联系电话：{phone}。
需要{act}的，请携带{material}、{material}到政务服务大厅办理。
经抽检，{company}、{company}等单位存在{problem}问题，现予公布。
符合条件的{actor}请于{date}前到{town}便民服务中心登记。
对违反本公告的，由{dept}{sanction}。
广大群众要积极配合，发现{problem}可拨打{phone}举报，经查实给予奖励。
涉及{actor}的有关事项，按照{basis}办理。
`

/** What a reply approves. */
export const replies = `
原则同意所报方案，请据此{act}，严格控制建设规模和投资。
项目建设地点位于{town}{village}，主要建设内容为{project}，{indicator}。
核定总投资{amount}，资金来源为上级补助和县级配套，不足部分自行筹措。
请抓紧办理用地、环评、规划等手续，落实开工条件，力争{date}前建成。
项目实施中应当{act}，确保{goal}。
建设单位为{company}，应当严格执行招标投标、合同管理和工程监理制度。
不得擅自变更建设内容；确需调整的，应当按程序报批。
建成后由{village}负责日常管护，落实{actor}责任。
`

/** What a bulletin finds. */
export const findings = `
截至{before}，全县{indicator}，{indicator}，完成年度任务的{percent}%。
{town}、{town}、{town}工作扎实，{goal}，予以表扬。
{town}、{town}进展缓慢，{problem}问题突出，予以通报批评。
{village}{problem}、{village}{problem}等{n}个问题至今没有整改到位。
{company}对检查指出的{problem}问题重视不够，整改措施不具体。
采取{form}的方式，共检查{actor}{n}家，发现问题{percent}个，已整改{n}个。
{dept}{attitude}{act}，办理质量较高，群众满意率达到{percent}%。
从检查情况看，多数单位能够{gact}，{act}，工作取得初步成效。
`

export const openings = `
为贯彻落实{basis}，切实做好{topic}工作，根据有关规定，结合我县实际，现就有关事项通知如下：
为进一步加强{topic}工作，着力解决{problem}等突出问题，经县人民政府同意，现将有关工作通知如下：
根据{basis}要求，为{front}各项任务，确保{goal}，现就{topic}工作有关事项通知如下：
当前，我县正处于{topic}的关键阶段，为{attitude}{act}，现将工作要求通知如下：
{since}，各乡镇、各有关单位认真落实{topic}工作要求，取得了明显成效。为巩固成果，现就有关工作通知如下：
`
