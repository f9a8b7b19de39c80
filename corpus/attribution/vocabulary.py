"""The closed word lists that attribution reads text with.

English function words, reporting verbs and the words for offices are small closed classes, which is what makes
rules without a model possible here; everything open (names, places, topics) is inferred from the article.
"""

from __future__ import annotations

from typing import Final, NamedTuple


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


class Verb(NamedTuple):
    """One inflected form of a reporting verb.

    ``form`` is ``base``, ``s``, ``past`` or ``ing``; ``act`` says that the verb is a part of what was said
    (*denied*, *called*), so that it may not be cut off; ``noun`` that the form is as often a noun (*claims*).
    """

    lemma: str
    form: str
    act: bool
    noun: bool


# The verb only reports; what was said is its complement ("said that ...").
_REPORT: Final = _words(
    "say tell add state note explain argue claim insist declare announce warn acknowledge admit concede "
    "tweet write recognize recognise assert maintain contend recall remark observe reply respond answer "
    "conclude complain charge "
    "stress emphasize emphasise underline underscore caution suggest predict joke quip lament muse reveal "
    "disclose report affirm reaffirm confirm boast brag allege estimate signal indicate hint imply post "
    "opine recount shout yell mention ask wonder testify swear inform assure remind reiterate repeat "
    "continue retort counter profess proclaim pronounce volunteer elaborate specify clarify vent vow "
    "pledge promise believe think exclaim chime interject email forecast theorize reason confide chant "
    "allow calculate reckon venture confess enthuse fume tease reflect point make "
    "cry whisper comment beam boom thunder scream holler roar marvel bellow mutter murmur deadpan sigh "
    "laugh interrupt summarize advise rule persist proffer retweet growl snap crow gush intone put read"
)
# The verb is half of the message; without it "denied a report that ..." would assert the report.
_ACT: Final = _words(
    "deny reject dismiss accuse call demand urge praise hail condemn criticize criticise denounce blame "
    "blast slam threaten refuse propose recommend welcome thank apologize apologise defend describe dub "
    "label brand compare question dispute request express voice cite appeal invite agree object mock tout "
    "outline decry deride ridicule rebuke scold scoff advocate deplore castigate lambast lambaste bemoan "
    "vow pledge promise repeat reiterate rebut refute disavow characterize characterise liken implore "
    "exhort plead beg applaud laud commend credit chide berate bash assail attack denigrate rail disagree "
    "portray swear congratulate doubt speculate insult taunt extol salute disparage belittle lash vilify "
    "renounce protest quote speak refer"
)
_IRREGULAR: Final = {
    "say": ("says", "said", "saying"),
    "speak": ("speaks", "spoke", "speaking"),
    "make": ("makes", "made", "making"),
    "tell": ("tells", "told", "telling"),
    "put": ("puts", "put", "putting"),
    "read": ("reads", "read", "reading"),
    "write": ("writes", "wrote", "writing"),
    "think": ("thinks", "thought", "thinking"),
    "swear": ("swears", "swore", "swearing"),
    "snap": ("snaps", "snapped", "snapping"),
    "admit": ("admits", "admitted", "admitting"),
    "brag": ("brags", "bragged", "bragging"),
    "quip": ("quips", "quipped", "quipping"),
    "refer": ("refers", "referred", "referring"),
    "slam": ("slams", "slammed", "slamming"),
    "dub": ("dubs", "dubbed", "dubbing"),
    "rebut": ("rebuts", "rebutted", "rebutting"),
    "beg": ("begs", "begged", "begging"),
    "pan": ("pans", "panned", "panning"),
    "rip": ("rips", "ripped", "ripping"),
    "label": ("labels", "labeled", "labeling"),
    "signal": ("signals", "signaled", "signaling"),
    "extol": ("extols", "extolled", "extolling"),
    "forecast": ("forecasts", "forecast", "forecasting"),
}
_NOUN_FORMS: Final = _words(
    "claim claims report reports call calls note notes demand demands promise promises request requests "
    "comment comments remark remarks attack attacks tweet tweets post posts vow vows pledge pledges "
    "question questions answer answers estimate estimates signal signals hint hints joke jokes charge "
    "charges doubt doubts reason reasons appeal appeals state states stress label labels brand brands "
    "blast voice voices echo credit counter counters object objects cry cries rule rules email emails "
    "fault knock knocks reply replies response boast forecast forecasts caution thought paint address "
    "protest protests insult insults snap reporting posting writing ruling advocate advocates thinking "
    "painting calling point points quote quotes tease allowing making reflecting"
)


def _inflect(lemma: str) -> tuple[str, str, str]:
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "o")) else "s")
    return third, lemma + "ed", lemma + "ing"


def _verbs() -> dict[str, Verb]:
    table: dict[str, Verb] = {}
    for lemma in sorted(_REPORT | _ACT):
        act = lemma in _ACT
        third, past, ing = _inflect(lemma)
        for form, name in ((lemma, "base"), (third, "s"), (past, "past"), (ing, "ing")):
            table.setdefault(form, Verb(lemma, name, act, form in _NOUN_FORMS))
    for extra, lemma in (("labelled", "label"), ("signalled", "signal"), ("written", "write")):
        table[extra] = Verb(lemma, "past", lemma in _ACT, False)
    for same in ("put", "read"):
        table[same] = Verb(same, "past", False, False)
    return table


VERBS: Final = _verbs()

# These take the person addressed before what was said.
# These report only with a clause or a quote: "maintained that", not "maintained contact".
NEEDS_CLAUSE: Final = _words(
    "maintain observe signal reveal counter crow growl snap email post rule reason volunteer pronounce "
    "profess vent cry gush intone chant advise conclude confide estimate testify hint mention specify "
    "recognize recognise clarify elaborate disclose persist yell shout comment believe think indicate "
    "suggest imply assert charge "
    "affirm reaffirm write add boast"
)
# These are reports only in an insertion: Smith, he allowed, was right.
PARENTHETICAL: Final = _words("allow calculate reckon")
# These are reports only together with another word.
COMPLETED: Final = {"point": "out", "make": "clear", "speak": "of", "put": "it", "refer": "to"}
# These are reports only next to a quote: “…,” he continued.
NEEDS_QUOTE: Final = _words(
    "continue persist snap growl crow intone chant gush cry whisper vent answer interject beam boom "
    "thunder scream holler roar marvel bellow mutter murmur deadpan sigh laugh interrupt summarize "
    "venture enthuse fume tease reflect speak put read refer"
)

ADDRESSING: Final = _words("tell inform assure remind ask advise email warn")

BE: Final = _words("is are was were be been being am ’s 's isn’t isn't wasn’t wasn't aren’t aren't")
HAVE: Final = _words("has have had having ’ve 've hasn’t haven’t hadn’t")
DO: Final = _words("did does do")
MODAL: Final = _words("will would can could may might must shall should ’d 'd ’ll 'll won’t wouldn’t can’t couldn’t")
NEGATION: Final = _words(
    "not never didn’t didn't doesn’t doesn't don’t don't hasn’t hasn't haven’t haven't hadn’t hadn't n’t "
    "won’t won't wouldn’t wouldn't couldn’t couldn't isn’t isn't wasn’t wasn't aren’t aren't can’t can't "
    "cannot"
)
AUXILIARY: Final = BE | HAVE | DO | MODAL | NEGATION

ADVERBS: Final = _words(
    "also again then now later once twice often always still even just already further soon earlier today "
    "yesterday tonight meanwhile instead first previously himself herself themselves itself each both all "
    "too ever since long either afterward afterwards thus therefore nonetheless nevertheless indeed "
    "sometimes perhaps maybe altogether only simply however moreover furthermore additionally besides "
    "though"
)
NOT_ADVERBS: Final = _words("family ally italy reply assembly july supply rally monopoly bully fly daily weekly")
DAYS: Final = _words(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays today yesterday tonight "
    "jan. feb. mar. apr. aug. sept. oct. nov. dec. january february march april june july august "
    "september october november december morning afternoon evening night week weekend month year weeks "
    "months days years"
)
DAY_LEADS: Final = _words("on last this early late earlier next in recent past that the few")

DETERMINERS: Final = _words(
    "the a an his her its their our my your this that these those some many several most all both few "
    "other another any no each every two three four five six seven eight nine ten one dozens more"
)
NOMINATIVE: Final = _words("he she they it we i you who which")
PRONOUNS: Final = NOMINATIVE | _words("him her them us me himself herself themselves one")
NP_PREPOSITIONS: Final = _words("of for in at from on with near inside behind under within against between about among")
PREPOSITIONS: Final = NP_PREPOSITIONS | _words(
    "to by during after before without via through over since until despite into onto upon toward towards "
    "like following amid per as across around along beyond"
)
COORDINATORS: Final = _words("and but or yet nor then")
SUBORDINATORS: Final = _words(
    "that while as whereas although though because since when if after before where whether unless until "
    "so than how why what"
)
# What opens a new clause of the narrator's after a report.
CLAUSE_BREAKS: Final = _words("and but while as whereas although though yet nor ; — – --")
_COMMON_VERBS: Final = _words(
    "made went came took gave got saw knew found left held put kept let began seemed ran won lost met "
    "sent spent became showed led stood brought paid meant set turned moved used tried worked looked "
    "wanted needed asked makes goes comes takes gives gets sees knows finds leaves seems runs wins means "
    "wants needs shows hopes want need seem go get make take come see know hope expect expects expected "
    "voted served grew fell felt including amid"
)
FUNCTION: Final = (
    AUXILIARY
    | PREPOSITIONS
    | COORDINATORS
    | SUBORDINATORS
    | NOMINATIVE
    | _COMMON_VERBS
    | _words(
        "him them us me himself not there here to ’s 's also just only even who whom whose which if then than , . ;"
    )
)

PARTICLES: Final = _words("de da di du del della der den van von bin ibn al el la le dos y ter ten zu")

# Words for offices and walks of life: with a name they are its title, with an article they stand for the person.
ROLES: Final = _words(
    "president chancellor minister premier secretary spokesman spokeswoman spokesperson leader chief "
    "chairman chairwoman chair chairperson director manager senator congressman congresswoman "
    "representative governor mayor speaker ambassador envoy commander general colonel admiral captain "
    "lieutenant sergeant major commissioner professor analyst strategist adviser advisor aide official "
    "lawmaker candidate nominee contender host co-host anchor journalist reporter correspondent editor "
    "columnist author writer lawyer attorney judge justice prosecutor sheriff officer detective king "
    "queen prince princess pope bishop archbishop cardinal pastor rabbi imam reverend sir lord lady dame "
    "baroness doctor dr. mr. mrs. ms. miss sen. rep. gov. gen. col. lt. sgt. maj. capt. cmdr. adm. prof. "
    "rev. hon. amb. sec. pres. sens. reps. govs. gens. del. dels. atty. det. supt. insp. cpl. pvt. brig. cllr. ald. "
    "economist scientist researcher historian expert scholar fellow founder "
    "co-founder owner executive ceo cfo coo head deputy assistant consultant pollster operative activist "
    "organizer volunteer voter supporter critic rival opponent challenger incumbent billionaire "
    "businessman businesswoman mogul magnate investor banker actor actress singer comedian star coach "
    "player student teacher farmer veteran diplomat negotiator counterpart colleague democrat republican "
    "conservative liberal socialist libertarian independent delegate counsel councilman councilwoman "
    "councilor councillor legislator mp mep commentator pundit blogger dictator ruler tycoon treasurer "
    "auditor inspector superintendent principal dean provost curator surrogate backer donor fundraiser "
    "secretary-general director-general governor-general then-president then-minister then-secretary then-governor "
    "adv. dr mr mrs ms prof rev senators representatives governors congressmen "
    "heir son daughter wife husband brother sister mother father widow spokesmen officials aides advisers "
    "advisors"
)
# These stand before the word for the office.
ROLE_MODIFIERS: Final = _words(
    "former then acting vice deputy senior top chief national security foreign defense defence prime "
    "interior finance press campaign assistant attorney general lead late ex-president retired longtime "
    "veteran first communications high policy economic political presidential vice-presidential house "
    "senate majority minority homeland health trade labor treasury state party opposition conservative "
    "liberal fellow separatist rebel military army navy police republican democratic interim outgoing "
    "incoming newly elected"
)
# Walks of life: with a name they say that it is a person's, but nobody is asked for by them.
OCCUPATIONS: Final = _words(
    "nurse archaeologist volcanologist physicist biologist chemist botanist physiologist geologist astronomer "
    "psychologist psychiatrist therapist surgeon physician paediatrician pediatrician dentist midwife pharmacist "
    "engineer architect designer programmer technician mechanic electrician plumber builder carpenter driver pilot "
    "sailor fisherman farmer baker brewer chef cook waiter waitress barista bartender shopkeeper trader broker "
    "accountant bookkeeper clerk lecturer academic librarian musician violinist pianist guitarist composer "
    "conductor painter sculptor photographer filmmaker producer screenwriter playwright novelist poet dancer "
    "striker midfielder goalkeeper defender winger substitute forward quarterback receiver linebacker pitcher "
    "captain referee umpire swimmer runner sprinter cyclist boxer fighter golfer skier rapper vocalist drummer "
    "resident neighbor neighbour survivor witness victim tourist traveler traveller pensioner retiree native graduate "
    "forecaster meteorologist statistician mathematician sociologist anthropologist philosopher theologian "
    "ecologist environmentalist campaigner developer publisher broadcaster presenter podcaster influencer model "
    "manager trainer specialist planner strategist lobbyist trustee paralegal solicitor barrister firefighter "
    "paramedic trooper ranger guard soldier refugee migrant immigrant man woman boy girl"
)
# Other nouns for people and for what speaks as one: a description that ends in none of these is no speaker.
SPEAKING_NOUNS: Final = _words(
    "people person man woman men women child children kid adult parent family friend relative teenager fan user "
    "customer consumer shopper client employee staff staffer worker member insider source observer skeptic sceptic "
    "opponent proponent advocate defender ally adversary enemy foe detractor admirer follower believer protester "
    "protestor demonstrator rioter marcher attendee participant respondent applicant plaintiff defendant suspect "
    "victim juror lawmaker policymaker regulator watchdog investigator detective inspector examiner "
    "superdelegate elector elite establishment entrepreneur ceo cto cfo cio vp svp exec boss manager partner "
    "shareholder creditor vendor supplier retailer manufacturer maker owner operator provider startup start-up firm "
    "company corporation business giant conglomerate subsidiary chain brand bank lender insurer airline carrier "
    "publisher studio label platform developer streamer creator youtuber influencer reviewer blogger columnist "
    "reporter journalist newsman press media newspaper magazine outlet broadcaster network channel station agency "
    "bureau department ministry office commission committee subcommittee panel board council court tribunal jury "
    "grand parliament congress senate house cabinet government administration regime authority police military army "
    "navy force militia troop rebel militant insurgent separatist terrorist hacker party campaign coalition caucus "
    "union alliance association federation organization organisation group nonprofit charity foundation institute "
    "institution university college school hospital church club team squad side league franchise prosecution "
    "defense defence prosecutor camp circle crowd audience leadership delegation embassy mission country nation "
    "state city county town tribe community majority minority public electorate neighbor resident local citizen "
    "taxpayer voice crowd think-tank tank lobby caller guest panelist moderator emcee narrator sleuth boffin "
    "academic doctor clinician physician therapist psychologist counselor counsellor intellectual guru nerd "
    "cousin uncle aunt nephew niece grandfather grandmother grandson granddaughter ex-wife ex-husband girlfriend "
    "boyfriend fiance fiancee partner brother sibling dad mom mum couple twin teammate captain legend champion "
    "winner loser finisher runner-up hero villain icon heiress aristocrat royal duke duchess emperor "
    "hardliner moderate progressive leftist nationalist populist communist tory whig evangelical catholic "
    "muslim christian jew republican liberal democrat independent millennial "
    "americans russians ukrainians europeans germans britons "
    "no-one warden guardian chaplain priest nun monk cleric bailiff clerk registrar ombudsman commander "
    "operative handler recruiter mercenary soldier serviceman airman marine cop policeman gunman attacker shooter "
    "ghostwriter biographer translator interpreter spokespeople frontrunner front-runner standard-bearer "
    "newcomer outsider loyalist confidant mentor protege predecessor successor president-elect whistleblower "
    "guy girl gentleman lady folk folks many others some several sources figure personality pro veteran native "
    "announcer questioner questioners reader reviewer viewer site questionnaire colleague mother graduates "
    # What is written speaks for those who wrote it.
    "report study statement poll survey letter lawsuit suit indictment complaint article editorial ruling book "
    "document filing memo analysis brief release transcript clip ad publication service movement division insider "
    "website data record email e-mail audio account excerpt biography investigation audit review inquiry probe "
    "research "
    "advertisement piece analyses speechwriter"
)
LEADERS: Final = _words("president chancellor premier king queen leader dictator ruler")

# A run of capitals with one of these is an institution, a place or a day, never a person.
NOT_PERSONAL: Final = _words(
    "house union council ministry department party court senate congress committee university college "
    "times post news journal institute bank group force forces army navy agency association center centre "
    "street state states nations kingdom city county sea river ocean airport bridge hall board commission "
    "foundation act agreement agreements accord accords war day week republic federation parliament "
    "assembly bureau office administration police service services company corporation corp inc ltd press "
    "radio television tv network magazine guardian telegraph herald tribune gazette review society league "
    "alliance organization organisation museum church school hospital airlines motors wing corps "
    "operations brigade division command pact treaty summit conference convention caucus primary election "
    "elections stream pipeline avenue road square park island islands mountain valley coast bay gulf "
    "peninsula north south east west northern southern eastern western central new los las san santa "
    "saint puerto white black red super great united european american monday tuesday wednesday thursday "
    "friday saturday sunday january february march april june july august september october november "
    "december democrats republicans latest advertisement read photo region world international national "
    "federal supreme district amendment project program plan fund trust studies relations affairs "
    "security democratic republican carolina dakota hampshire jersey york mexico virginia florida texas "
    "ohio iowa nevada california pennsylvania michigan wisconsin arizona colorado nato eu un u.s. us uk "
    "u.k. gop gmt pm am pac regulation institution christmas easter thanksgiving halloween ramadan"
)
OUTLETS: Final = _words(
    "reuters afp interfax tass ria xinhua bloomberg politico axios cnn bbc nbc abc cbs fox msnbc npr pbs "
    "upi ap times post news journal press agency radio tv television newspaper broadcaster daily guardian "
    "telegraph herald tribune gazette magazine monde figaro spiegel bild dimanche novosti sputnik "
    "kommersant pravda network outlet site website paper media agencies newspapers outlets transcript "
    "recording video"
)

FEMALE_NAMES: Final = _words(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah sara karen lisa nancy betty "
    "margaret sandra ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca "
    "sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha "
    "katherine catherine christine debra rachel carolyn janet maria heather diane ruth julie olivia joyce "
    "virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline "
    "martha gloria teresa ann anne madison frances kathryn janice jean abigail alice julia judy sophia "
    "grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte "
    "marie kayla alexis lori hillary chelsea ivanka melania kellyanne carly annalena ursula marine jill "
    "kamala nikki elise claire susanna jen karine debbie wendy peggy tammy valerie vera olga natalia "
    "tatiana irina elena svetlana oksana yulia maryna katarina sanna mette giorgia liz nicola jacinda "
    "priti penny loretta sonia lena lucy huma maggie arianna megyn gretchen rosa dana gina sally tina "
    "wanda yvonne kirsten dianne condoleezza madeleine kate katie kathy cathy jane jenny molly monica "
    "paula robin roberta shannon stacey tracy zoe leila fatima aisha noor priya anita meera mei ayaan "
    "oprah barbra phoebe imogen freya ingrid astrid greta elsa petra ulrike heike sabine silvia lucia chiara "
    "francesca alessandra paola valentina gabriela mariana ana ines rosalie camille juliette margot celine brigitte "
    "amelie annie poppy daisy lily ivy hazel rose iris ruby pearl ellie ella eva ava mia isla harriet eleanor "
    "louise sian bronwen siobhan aoife niamh tilly gwen honora imelda nadia marisol estela shirin noora mila "
    "wangari chimamanda ngozi amara amina zainab aaliyah britney taylor beyonce selena dolly tess heidi"
)
MALE_NAMES: Final = _words(
    "james robert john michael david william richard joseph thomas christopher charles daniel matthew "
    "anthony mark donald steven andrew paul joshua kenneth kevin brian timothy ronald george jason edward "
    "jeffrey ryan jacob nicholas gary eric jonathan stephen larry justin scott brandon benjamin samuel "
    "gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose adam nathan henry zachary "
    "douglas peter kyle noah ethan jeremy walter christian keith roger terry austin sean gerald carl "
    "harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan albert "
    "willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip phillip eugene bill "
    "bob jim mike tom dan ted ben bernie chris jeb marco rand rick mitt barack mitch harry newt rudy "
    "chuck tim steve jeff josh corey reince sam greg matt dave ed ken ron stu glenn rush jake antony "
    "boris emmanuel vladimir volodymyr olaf dmitry dmytro dmitri sergei sergey mikhail nikolai ivan "
    "alexei aleksandr alexandr yuri oleg igor viktor josep andrzej jean pierre francois françois nicolas "
    "laurent bruno jacques michel hans helmut gerhard friedrich klaus jens karl heinz angelo matteo mario "
    "giuseppe silvio pedro pablo carlos luis miguel javier fernando jorge recep tayyip mohammed muhammad "
    "mohamed ahmed ali hassan hussein omar ibrahim abdullah yusuf bashar xi narendra imran shinzo fumio "
    "moon kim rishi keir nigel tony gordon simon dominic vasile mateusz jaroslaw zbigniew lech ilham "
    "nikol lloyd neil brett clarence antonin merrick jared sebastian wolf anderson jon seth conan trevor "
    "tucker "
    "antoine maxime hugues gilles yann tristan quentin benoit damien fabien sebastien "
    "martin marvin oliver leonard norman stanley victor vernon theodore louis lewis ernest earl calvin "
    "elliot elliott ivor hubert piers rufus emil gus leo lorcan callum idris corin hugo felix oscar otto "
    "axel lars erik sven magnus "
    "henrik anders nils jonas lukas fritz wolfgang dieter franz johann rudolf ruben benedikt anselm lucan tomaso "
    "giovanni luca marco lorenzo antonio roberto fernando diego rafael sergio manuel miguel andres joao paulo "
    "thierry etienne luc marcel rene alain philippe olivier guillaume mathieu arnold travis garry barry larry jamie "
    "harvey clive colin graham geoffrey gareth alun rhys owen liam declan ciaran connor finn rory hamish angus "
    "duncan malcolm neville rupert simon nigel trevor desmond winston kwame kofi chidi emeka tunde sipho thabo "
    "hiroshi kenji takeshi akira wei jun ming raj arjun vikram sanjay rahul anil ashok mehmet mustafa kemal ivo "
    "pavel vaclav milos zoltan istvan laszlo gabor bogdan radu ion yevgeny yegor konstantin maksim maxim pyotr "
    "anatoly vitaly gennady leonid roman ruslan taras petro denys oleksandr oleksiy mykola vasyl walter erling"
)
NICKNAMES: Final = {
    "joe": "joseph", "bill": "william", "bob": "robert", "jim": "james", "mike": "michael", "tom": "thomas",
    "dan": "daniel", "ted": "edward", "ben": "benjamin", "bernie": "bernard", "chris": "christopher",
    "rick": "richard", "mitt": "willard", "chuck": "charles", "tim": "timothy", "steve": "steven",
    "jeff": "jeffrey", "josh": "joshua", "sam": "samuel", "greg": "gregory", "matt": "matthew",
    "dave": "david", "ed": "edward", "ken": "kenneth", "ron": "ronald", "tony": "anthony", "antony": "anthony",
    "jack": "john", "debbie": "deborah", "liz": "elizabeth", "kate": "katherine", "jen": "jennifer",
    "andy": "andrew", "nick": "nicholas", "alex": "alexander", "vlad": "vladimir",
}  # fmt: skip

# A nationality and its country are one word of a description: "the French president", "France’s president".
COUNTRIES: Final = {
    "french": "france", "russian": "russia", "german": "germany", "american": "us", "u.s.": "us", "u.s": "us",
    "british": "britain", "uk": "britain", "u.k.": "britain", "ukrainian": "ukraine", "polish": "poland",
    "italian": "italy", "spanish": "spain", "chinese": "china", "japanese": "japan", "turkish": "turkey",
    "canadian": "canada", "mexican": "mexico", "israeli": "israel", "iranian": "iran", "iraqi": "iraq",
    "syrian": "syria", "indian": "india", "belarusian": "belarus", "romanian": "romania", "hungarian": "hungary",
    "dutch": "netherlands", "swedish": "sweden", "finnish": "finland", "norwegian": "norway", "danish": "denmark",
    "lithuanian": "lithuania", "latvian": "latvia", "estonian": "estonia", "czech": "czechia",
    "slovak": "slovakia", "austrian": "austria", "greek": "greece", "brazilian": "brazil",
    "australian": "australia", "egyptian": "egypt", "saudi": "saudi", "afghan": "afghanistan",
    "pakistani": "pakistan", "korean": "korea", "cuban": "cuba", "venezuelan": "venezuela",
    "palestinian": "palestine", "irish": "ireland", "scottish": "scotland", "portuguese": "portugal",
    "serbian": "serbia", "georgian": "georgia", "armenian": "armenia", "kremlin": "russia", "european": "eu",
    "argentine": "argentina", "argentinian": "argentina", "belgian": "belgium", "bulgarian": "bulgaria",
    "chilean": "chile", "colombian": "colombia", "croatian": "croatia", "cypriot": "cyprus", "emirati": "emirates",
    "ethiopian": "ethiopia", "ghanaian": "ghana", "icelandic": "iceland", "indonesian": "indonesia",
    "jordanian": "jordan", "kazakh": "kazakhstan", "kenyan": "kenya", "lebanese": "lebanon", "libyan": "libya",
    "malaysian": "malaysia", "moldovan": "moldova", "moroccan": "morocco", "nigerian": "nigeria",
    "peruvian": "peru", "philippine": "philippines", "qatari": "qatar", "slovenian": "slovenia",
    "sudanese": "sudan", "swiss": "switzerland", "taiwanese": "taiwan", "thai": "thailand",
    "tunisian": "tunisia", "vietnamese": "vietnam", "welsh": "wales", "yemeni": "yemen", "azerbaijani": "azerbaijan",
    "uzbek": "uzbekistan", "maltese": "malta", "luxembourgish": "luxembourg", "algerian": "algeria",
    "bolivian": "bolivia", "albanian": "albania", "bosnian": "bosnia", "kosovar": "kosovo", "zimbabwean": "zimbabwe",
    "england": "england", "english": "england", "america": "us", "frenchman": "france", "frenchwoman": "france",
    "briton": "britain", "spaniard": "spain", "pole": "poland", "dutchman": "netherlands", "dutchwoman": "netherlands",
    "englishman": "england", "englishwoman": "england", "irishman": "ireland", "irishwoman": "ireland",
    "swede": "sweden", "dane": "denmark", "finn": "finland", "turk": "turkey", "scot": "scotland",
}  # fmt: skip
