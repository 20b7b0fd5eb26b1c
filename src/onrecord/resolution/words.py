"""Word lists for reading names: titles, roles, bodies, places, peoples and first names.

They are small on purpose: a list decides only where a word is nearly always what the list says.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Short forms of titles and what they stand for in a description (*the Indiana governor*).
TITLE_SHORT: Final = {
    "gen": "general", "lt": "lieutenant", "col": "colonel", "maj": "major", "capt": "captain", "sgt": "sergeant",
    "adm": "admiral", "sen": "senator", "sens": "senators", "rep": "representative", "reps": "representatives",
    "gov": "governor", "govs": "governors", "prof": "professor", "dr": "doctor", "rev": "reverend",
    "gop": "republican", "det": "detective", "atty": "attorney", "supt": "superintendent", "del": "delegate", "insp": "inspector",
}  # fmt: skip
# Words that only persons bear directly before their names.
PERSON_TITLES: Final = frozenset(TITLE_SHORT) - {"gop"} | _words(
    """president minister chancellor king queen prince princess emperor pope archbishop bishop cardinal imam rabbi
    ayatollah sheikh reverend father sister brother judge justice general lieutenant colonel major captain sergeant
    admiral commander marshal brigadier corporal senator congressman congresswoman representative governor mayor
    councillor councilman councilwoman secretary ambassador attorney speaker director chairman chairwoman chair professor
    doctor dr mr mrs ms miss mx sir dame lord lady baroness detective inspector superintendent constable spokesman
    spokeswoman spokesperson sheriff premier commissioner nominee candidate leader host analyst author economist ex-president
    then-president co-chair chief officer executive founder co-founder strategist pollster activist actor actress singer
    comedian journalist reporter correspondent columnist anchor editor billionaire businessman businesswoman lawyer
    prosecutor coach delegate manager adviser advisor aide treasurer lawmaker legislator politician diplomat envoy
    historian novelist writer poet director-general secretary-general"""
)  # fmt: skip
# Words that stand before those: they are no part of a person's name either.
TITLE_WORDS: Final = PERSON_TITLES | _words(
    """vice prime foreign deputy former acting interim assistant associate senior majority minority house senate energy
    defence defense finance interior republican democratic democrat democrats gop conservative labour liberal press
    presidential vice-presidential retired late then lead national managing communications campaign political right
    honourable honorable whip state general"""
)
FEMALE_TITLES: Final = _words("mrs ms miss dame lady baroness queen princess sister congresswoman chairwoman spokeswoman councilwoman businesswoman actress")  # fmt: skip
MALE_TITLES: Final = _words("mr sir king prince pope father brother congressman chairman spokesman councilman businessman")  # fmt: skip

ORGANISATION_WORDS: Final = _words(
    """organization organisation party ministry university college institute committee commission union council court
    agency bank company corp inc ltd llc plc gmbh group department bureau office movement army navy police
    forces association federation foundation fund center centre times post news journal tribune herald gazette press house
    congress senate parliament board authority service services club league society network campaign coalition
    administration alliance treaty church school schools hospital media television radio pac industries holdings airlines
    airways motors systems partners academy corps guard laboratory museum conference nations patrol project taskforce
    cabinet assembly secretariat tribunal trust consortium enterprises technologies pharmaceuticals"""
)
# Bodies that are named by one word or by words that do not tell.
KNOWN_BODIES: Final = _words(
    """reuters bloomberg politico breitbart politifact factcheck twitter facebook google instagram youtube netflix microsoft
    amazon apple tesla xinhua tass interfax kremlin pentagon taliban hamas hezbollah nato gallup rasmussen wikileaks quinnipiac
    interpol europol unesco unicef opec boeing airbus gazprom rosneft buzzfeed axios newsweek spiegel"""
)
# What follows the proper name of a company: *Orpel* is *Orpel Group*.
COMPANY_ENDINGS: Final = _words("inc corp ltd llc plc co group company holdings gmbh ag sa")
MASTHEADS: Final = _words("post times journal tribune herald gazette")
# Names of things and occasions: names, but nobody.
THING_WORDS: Final = _words(
    """act amendment bill law day week month year eve prize award awards war wars plan deal accord accords agreement
    pact constitution debate debates election elections convention olympics games cup championship series show festival street
    avenue road highway bridge river lake bay gulf sea ocean island islands mountain mountains valley county airport square
    building tower towers plaza hotel park stadium hall reform doctrine revolution crisis scandal game bowl rights issues
    medal theatre theater summit section article chapter"""
)
PLACES: Final = _words(
    """afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus belgium
    bolivia bosnia botswana brazil britain bulgaria cambodia cameroon canada chad chile china colombia congo croatia cuba
    cyprus czechia denmark ecuador egypt england eritrea estonia ethiopia europe finland france gabon georgia germany ghana
    greece greenland guatemala guinea haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica
    japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya lithuania luxembourg
    malawi malaysia mali malta mauritania mexico moldova mongolia montenegro morocco mozambique myanmar namibia nepal
    netherlands nicaragua niger nigeria norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar
    romania russia rwanda scotland senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria
    taiwan tajikistan tanzania thailand togo tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela
    vietnam wales yemen zambia zimbabwe africa asia america crimea gaza tibet kashmir
    alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa
    kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada
    ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming
    london paris berlin moscow beijing tokyo brussels geneva vienna rome madrid athens cairo baghdad tehran kabul kyiv kiev
    ankara istanbul jerusalem damascus aleppo seoul delhi mumbai shanghai almaty astana minsk warsaw budapest prague chicago
    houston boston philadelphia detroit miami seattle denver dallas atlanta phoenix cleveland manhattan brooklyn queens
    hollywood nairobi lagos johannesburg sydney melbourne toronto ottawa karachi lahore islamabad dhaka u.s us usa uk u.k uae ussr
    d.c n.y n.j n.c n.h"""
)
LONG_PLACES: Final = frozenset(
    """united states|united kingdom|saudi arabia|north korea|south korea|south africa|sri lanka|new zealand|costa rica|el
    salvador|sierra leone|burkina faso|new york|new york city|new jersey|new mexico|new hampshire|north carolina|south
    carolina|north dakota|south dakota|west virginia|rhode island|los angeles|san francisco|san diego|las vegas|new orleans|
    hong kong|middle east|united arab emirates|south sudan|west bank|northern ireland|puerto rico|european union|south
    china|new delhi|st. louis|long island|new england|latin america|capitol hill|soviet union|papua new guinea|united states of america""".replace(
        "\n    ", " "
    )
    .replace("| ", "|")
    .split("|")
)
# One country, several ways to print it.
SAME_NAME: Final = {
    "U.S.": "United States", "US": "United States", "U.S": "United States", "USA": "United States", "U.S.A.": "United States",
    "United States of America": "United States", "U.K.": "United Kingdom", "UK": "United Kingdom", "U.N.": "United Nations",
    "UN": "United Nations", "E.U.": "European Union", "EU": "European Union",
}  # fmt: skip
# Peoples and followers: they describe, they are no actor.
PEOPLES: Final = _words(
    """afghan african albanian algerian american arab argentine armenian asian australian austrian azerbaijani bangladeshi
    belarusian belgian bolivian bosnian brazilian british briton bulgarian cambodian canadian chechen chilean chinese
    colombian croatian cuban cypriot czech danish dutch ecuadorian egyptian english ethiopian european filipino finnish
    french georgian german ghanaian greek haitian honduran hungarian icelandic indian indonesian iranian iraqi irish
    israeli italian jamaican japanese jordanian kazakh kenyan korean kosovar kurdish kurd kuwaiti kyrgyz latvian lebanese
    libyan lithuanian malaysian mexican moldovan mongolian moroccan nepalese nepali nigerian norwegian pakistani palestinian
    peruvian polish pole portuguese romanian russian rwandan saudi scottish scot serbian serb singaporean slovak slovenian
    somali spanish spaniard sudanese swedish swede swiss syrian taiwanese tajik tanzanian thai tibetan tunisian turkish turk
    turkmen ugandan ukrainian uruguayan uzbek venezuelan vietnamese welsh yemeni zambian zimbabwean latino latina hispanic
    muslim islamic islamist christian catholic protestant evangelical jewish jew hindu buddhist sikh mormon sunni shiite
    shia republican democrat democratic conservative liberal labour socialist communist marxist tory libertarian nazi soviet
    western eastern northern southern central european-union african-american asian-american mexican-american anglo hispanics texan californian new-yorker
    londoner parisian southerner westerner god allah jesus lgbt lgbtq"""
)

MONTHS: Final = _words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)
WEEKDAYS: Final = _words("monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun weekend")  # fmt: skip
# States as datelines and party labels shorten them; only before a point.
STATE_SHORT: Final = _words("ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo")  # fmt: skip
# Capitalised, and no names wherever they stand.
NEVER: Final = _words(
    """i ok tv edt est gmt utc pdt pst am pm a.m p.m ceo cfo coo ptsd hiv aids dna covid covid-19 iq id ai pc url faq dvd cd
    usd eur internet web christmas easter ramadan thanksgiving halloween photo video image source via follow read click
    share subscribe latest"""
)
FUNCTION: Final = _words(
    """the a an this that these those he she it we they you i his her its our their my your who whom whose what which when where
    why how in on at by for from to of with as if but and or so yet not no yes all some any many most more few much both
    each every either after before since while although though because until unless despite during under over about against
    among amid between beyond within without through throughout upon toward towards across along behind beside besides except
    inside outside near off up down out there here then now still just even also only again once twice meanwhile however
    moreover nevertheless nonetheless furthermore instead perhaps maybe according asked is are was were be been being has have
    had do does did will would can could may might must should shall let one two three four five six seven eight nine ten such
    than too very other others another last next earlier later today yesterday tomorrow tonight neither nor per via well oh
    look thanks please sure right indeed thus hence therefore never ever always often sometimes nobody everybody someone
    somebody everyone anyone no-one nothing something everything anything whether whatever whoever whenever wherever
    hundreds thousands millions dozens several half part like unlike given based asked speaking back first second third"""
)
# Words that begin a sentence as a source without being a name (*Police said*).
COMMON_SOURCES: Final = _words(
    """police officials critics experts sources people authorities investigators prosecutors doctors lawyers analysts
    reporters residents witnesses supporters opponents voters protesters scientists researchers aides advisers lawmakers
    government congress parliament court judge reports polls data studies research evidence media press history science
    security hackers women men students teachers parents workers farmers troops soldiers rebels militants terrorists
    former new old big good bad great happy sad young long short early late high low"""
)

# The commoner first names of the English-language press, and some of other tongues.
FEMALE_NAMES: Final = _words(
    """abigail adriana agnes aisha alexandra alice alicia alina allison amanda amber amelia amina amy ana anastasia
    andrea angela angelica anita ann anna anne annie ariana ashley ava barbara beatrice becky bernadette bertha beth betty
    beverly bianca bonnie brenda bridget brittany camila candace carla carly carmen carol carolina caroline carolyn
    carrie catherine cathy cecilia celeste charlene charlotte chelsea cheryl chloe christina christine cindy claire clara
    claudia colleen condoleezza connie crystal cynthia daisy daniela danielle dawn debbie deborah debra denise diana diane dilma
    dina dolores donna doris dorothy edith edna eileen elaine eleanor elena elisabeth elise eliza elizabeth ella ellen emily
    emma erica erika erin esther ethel eva evelyn fatima fiona florence frances francesca gabriela gail galina gertrude gina
    ginger gladys gloria grace greta gwen hannah harriet heather heidi helen helena hilary hillary holly huma ida ilana
    ingrid irene irina iris isabel isabella ivanka jacqueline jane janet janice jasmine jeanne jenna jennifer jenny
    jessica jill joan joanna joanne josephine joy joyce juanita judith judy julia juliana julie kaitlyn karen karla kate
    katherine kathleen kathryn kathy katie kayla kaya kellyanne kendra kimberly kirsten kristen kristin kristina latoya laura
    lauren laurie leah lena leila lila lillian lily linda lisa lois loretta lori lorraine louise lucia lucy lydia lynn mabel
    madeleine maggie margaret maria marian marie marilyn marina marjorie martha mary maureen maya megan meghan melania
    melanie melinda melissa mercedes meredith mia michelle mildred miranda molly monica nadia nancy naomi natalia natalie
    natasha nicole nikki nina nora norma olga olivia oprah pamela patricia paula pauline peggy penny phyllis priscilla rachel
    rebecca regina renee rhonda rita roberta rosa rose rosemary roxanne ruth sabrina sally samantha sandra sara sarah savannah
    selena serena shannon sharon sheila shelley sheryl shirley silvia simone sofia sonia sophia sophie stacey stacy stella
    stephanie sue susan susanna suzanne svetlana sylvia tamara tammy tania tanya tara tatiana teresa theresa tiffany tina
    tulsi ursula valentina valerie vanessa vera veronica victoria virginia vivian wendy whitney yolanda yulia yvonne
    zainab zoe"""
)
MALE_NAMES: Final = _words(
    """aaron abdul abdullah abraham adam adrian ahmad ahmed alan albert aleksandr alejandro alexander alexei alfred ali
    allen alvin anatoly andre andrei andrew andy anthony antonin antonio arnold arthur arturo askar barack barry bashar ben
    benjamin bernard bernie bill billy bob bobby boris brad bradley brandon brendan brett brian bruce bryan byron caleb calvin
    carl carlos casey cesar chad charles charlie chris christian christopher chuck clarence clark claude clayton clifford
    clint clinton colin corey craig curtis dale damian dan daniel danny darren darryl dave david dean dennis derek diego
    dmitri dmitry don donald doug douglas duane dustin dwight earl ed eddie edgar eduardo edward edwin eli elijah elliott
    elon emmanuel enrique eric erik ernest ernesto ethan eugene evan evgeny fabio felipe felix fernando fidel floyd francis
    francisco francois frank franklin fred frederick gabriel garrett gary gavin gene geoffrey george gerald gerard gilbert
    glenn gordon graham greg gregory guillermo gustavo guy hamid harold harry harvey hassan hector henry herbert herman howard
    hugh hugo hussein ian ibrahim igor isaac ismail ivan jack jacob jake jamal james jared jason javier jay jeb jeff jeffrey jeh
    jeremy jerome jerry jesse jim jimmy joaquin joe joel john johnny jon jonathan jorge jose joseph josh joshua juan julian
    julio justin karl keith ken kenneth kevin khalid kirk klaus kofi kurt kyle lance larry laurence lawrence lebron leo leon
    leonard leonid leroy lester lloyd louis lucas luis luke luther malcolm manuel marc marcel marco marcus mario mark marshall
    martin marvin matt matthew maurice max maxim mehmet melvin merrick michael miguel mikhail mike milton mitch mitt mohamed
    mohammad mohammed moses muhammad mukhtar mustafa narendra nathan nathaniel neil nelson newt nicholas nick nicolas nigel
    nikolai noah norman nursultan oleg oliver omar orlando oscar osama otto owen pablo pat patrick paul pavel pedro percy
    pete peter phil philip phillip pierre rafael ralph ramon rand randall randy raul ray raymond recep reince ricardo richard
    rick ricky rob robby robert roberto rodney rodrigo roger roland ron ronald rory ross roy ruben rudolph rudy rupert russ
    russell ryan salman sam samuel scott sean sebastian sergei sergey sergio seth shane shaun shawn shinzo simon spencer
    stanley stefan stephen sterling steve steven stuart tariq ted terrence terry theodore thomas tim timothy tobias todd tom
    tommy tony travis trevor troy tyler vernon victor vincent viktor vladimir walter warren wayne wesley wilfred willard
    william willie winston yusuf zachary"""
)  # fmt: skip
# Chinese, Korean, Vietnamese and Khmer family names, which stand before the given name.
FAMILY_FIRST: Final = frozenset(
    "ahn an baek bae bai ban bao bui cai cao chae chan chang chea cheah chen cheng cheung chiang chin chiu cho choe choi chong chow choo chu chua chun chung cui dai dang deng ding dinh do dong du duan duong "
    "fan fang feng fong fu gao ge geng goh gong gu guan guo ha hai han hao he heng ho hoang hong hou hsiao hsieh hsu hu hua huang hun huynh hwang im jang jeon jeong ji jia jiang jin jo joo ju jung kang kem khieu kim ko koh kong ku kuo kwak kwok kwon "
    "lai lam lau law le lee lei leong leung li liang liao lim lin ling liu lo long lu luo luong lv ly ma mai mao meng min mo moon myung na nam ng ngo nguyen nhem nie ning noh nong oh ong ou ouk pae paek pak pan pang park peng pham phan phung pu "
    "qi qian qiao qin qiu quach rhee ri ren roh ryu sar seo seok seong shao shen shi shim shin siew sim sin so sok son song su suh sun suong tan tang tao teng teo thach tian tong tran trang trieu trinh truong tsai tsang tse u vo vu vuong "
    "wan wang wei wen won wong woo wu xi xia xiang xiao xie xin xiong xu xue yan yang yao ye yeo yeoh yi yim yin yoo yoon you yu yuan yue yun zeng zhai zhan zhang zhao zheng zhong zhou zhu zhuang zou".split()
)
